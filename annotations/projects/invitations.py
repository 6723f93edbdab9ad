"""Inviting people: a single-use link that expires, mailed and shown once, kept as a hash."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from annotations import jobs
from annotations.accounts.models import Invitation, User
from annotations.accounts.services import clean_email, user_create
from annotations.accounts.tokens import hash_token
from annotations.audit.context import context
from annotations.lib.errors import Conflict, Refused
from annotations.projects.members import check_known_role, membership_create
from annotations.projects.models import Membership, Project
from annotations.projects.permissions import check_manage_project, check_not_archived
from annotations.projects.services import lock_project

VALID_FOR = timedelta(days=7)


def invitation_create(*, actor: User, project: Project, email: str, role: str) -> Invitation:
    """Invite an address into a project and mail the link; an earlier open invitation ends."""
    check_known_role(role)
    address = clean_email(email)
    with context(actor=actor, action="invitation.create"):
        locked = lock_project(project)
        check_manage_project(actor, locked)
        check_not_archived(locked)
        if Membership.objects.filter(project=locked, user__email__iexact=address).exists():
            raise Conflict(_("This person is a member already."), field="email")
        _open_to(locked, address).update(revoked_at=timezone.now())
        invitation = Invitation(
            project=locked,
            email=address,
            role=role,
            invited_by=actor,
            expires_at=timezone.now() + VALID_FOR,
        )
        invitation.token_hash = hash_token(invitation_token(invitation))
        invitation.save()
        jobs.enqueue("projects.mail_invitation", invitation_uid=str(invitation.uid))
    return invitation


def invitation_revoke(*, actor: User, invitation: Invitation) -> Invitation:
    """Make an open invitation useless; one already used or revoked stays as it is."""
    with context(actor=actor, action="invitation.revoke"):
        check_manage_project(actor, lock_project(invitation.project))
        open_ones = Invitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
        )
        open_ones.update(revoked_at=timezone.now())
    invitation.refresh_from_db()
    return invitation


def invitation_accept(*, actor: User, token: str) -> Membership:
    """Join by a link as someone who has an account; the address must be the invited one."""
    with context(actor=actor, action="invitation.accept"):
        invitation = _lock_open(token)
        if invitation.email.lower() != actor.email.lower():
            raise Refused(
                _("This invitation is for another e-mail address than the one you signed in with.")
            )
        return _use(invitation, actor)


def invitation_accept_as_new(*, token: str, display_name: str, password: str) -> Membership:
    """Join by a link as someone new: makes the account and the membership together."""
    with context(actor=User.objects.system(), action="invitation.accept"):
        invitation = _lock_open(token)
        user = user_create(
            actor=User.objects.system(),
            email=invitation.email,
            display_name=display_name,
            password=password,
        )
        return _use(invitation, user)


def invitation_find(token: str) -> Invitation | None:
    """Return the invitation that can still be used with this link, with its project."""
    return (
        Invitation.objects.select_related("project", "invited_by")
        .filter(
            token_hash=hash_token(token),
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        .first()
    )


def invitation_token(invitation: Invitation) -> str:
    """Make the link's secret from the invitation and SECRET_KEY.

    So nothing that opens a door lies in the database or in the queue, and the worker can still
    write the mail.
    """
    return salted_hmac(
        "annotations.projects.invitations", str(invitation.uid), algorithm="sha256"
    ).hexdigest()


def invitation_link(invitation: Invitation) -> str:
    """Return the address to open, on SITE_URL."""
    path = reverse("invitation-accept", kwargs={"token": invitation_token(invitation)})
    return settings.SITE_URL + path


def invitation_mail(*, invitation_uid: str) -> None:
    """Mail the link, unless the invitation was used or revoked meanwhile."""
    invitation = Invitation.objects.select_related("project", "invited_by").get(uid=invitation_uid)
    if invitation.accepted_at or invitation.revoked_at:
        return
    values = {"invitation": invitation, "link": invitation_link(invitation)}
    subject = render_to_string("projects/mail/invitation_subject.txt", values)
    body = render_to_string("projects/mail/invitation.txt", values)
    send_mail(" ".join(subject.split()), body, None, [invitation.email])


def _open_to(project: Project, email: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        project=project, email__iexact=email, accepted_at__isnull=True, revoked_at__isnull=True
    )


def _lock_open(token: str) -> Invitation:
    found = invitation_find(token)
    if found is not None:
        lock_project(found.project)
        found = invitation_find(token)
    if found is None:
        raise Refused(_("This invitation was used, revoked or has expired. Ask for a new one."))
    check_not_archived(found.project)
    return found


def _use(invitation: Invitation, user: User) -> Membership:
    membership = membership_create(project=invitation.project, user=user, role=invitation.role)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership
