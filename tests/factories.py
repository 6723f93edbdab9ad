"""Rows for tests: deterministic, with the fewest fields; extend by concept."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from annotations.accounts.models import Invitation, User
from annotations.accounts.roles import Role
from annotations.accounts.tokens import hash_token
from annotations.articles.models import Article
from annotations.articles.services import article_create
from annotations.projects.invitations import invitation_token
from annotations.projects.models import Membership, Project

PASSWORD = "a long enough password"
_numbers = count(1)


def make_user(name: str = "", *, password: str | None = None, **fields) -> User:
    """A person; `password` costs a hash, so give one only where someone types it."""
    name = name or f"person{next(_numbers)}"
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    fields.setdefault("display_name", name.replace("_", " ").capitalize())
    return User.objects.create_user(email, password, **fields)


def make_project(name: str = "Desk", *, admin: User | None = None, **fields) -> Project:
    """A project; with `admin`, that person is its admin."""
    number = next(_numbers)
    fields.setdefault("slug", f"{name.lower()}-{number}")
    owner = admin or fields.pop("created_by", None) or User.objects.system()
    project = Project.objects.create(name=name, created_by=owner, **fields)
    if admin is not None:
        make_member(project, admin, Role.ADMIN)
    return project


def make_member(project: Project, user: User | None = None, role: str = Role.REVIEWER):
    """A membership; without `user`, of someone new."""
    return Membership.objects.create(project=project, user=user or make_user(), role=role)


def make_invitation(
    project: Project, *, by: User, email: str = "new@example.org", role: str = Role.REVIEWER
) -> tuple[Invitation, str]:
    """An open invitation and the secret of its link."""
    invitation = Invitation(
        project=project,
        email=email,
        role=role,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=7),
    )
    secret = invitation_token(invitation)
    invitation.token_hash = hash_token(secret)
    invitation.save()
    return invitation, secret


def make_article(project: Project, text: str = "", *, by: User | None = None, **fields) -> Article:
    """An article with one version; the text is its own unless one is given."""
    number = next(_numbers)
    fields.setdefault("title", f"Article {number}")
    text = text or f"{fields['title']}\n\nText number {number}.\n"
    return article_create(actor=by or User.objects.system(), project=project, text=text, **fields)
