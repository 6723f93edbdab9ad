"""The demo's people: freshly made sign-ins, told once and kept nowhere but in the file."""

import secrets
from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.accounts.services import operator_create, user_create
from annotations.projects.members import member_add
from annotations.projects.models import Project
from annotations.projects.services import ProjectSettings, project_create

# Letters and digits that nobody mistakes for one another when typing them off a screen.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16


@dataclass(frozen=True)
class SignIn:
    """What one person of the demo signs in with."""

    title: str
    email: str
    password: str


@dataclass(frozen=True)
class Cast:
    """The people of the demo and the project they share."""

    project: Project
    admin: User
    moderator: User
    reviewer: User
    second: User
    reader: User
    sign_ins: tuple[SignIn, ...]


def fresh_password() -> str:
    """Return 16 random letters and digits (79 bits) in groups of four."""
    letters = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, LENGTH, 4))


def cast_create() -> Cast:
    """Make the operator, the project and the people who work in it."""
    made: list[SignIn] = []

    def sign_in(title: str, name: str) -> SignIn:
        made.append(SignIn(title, f"{name}@demo.example", fresh_password()))
        return made[-1]

    one = sign_in("operator", "operator")
    operator_create(email=one.email, display_name="Olena Operator", password=one.password)
    system = User.objects.system()
    people = []
    for title, name in (
        ("project admin", "Adaeze Admin"),
        ("moderator", "Marek Moderator"),
        ("reviewer", "Rosa Reviewer"),
        ("second reviewer", "Siim Second"),
        ("reader", "Rhea Reader"),
    ):
        one = sign_in(title, name.split()[1].lower())
        people.append(
            user_create(actor=system, email=one.email, display_name=name, password=one.password)
        )
    admin, moderator, reviewer, second, reader = people
    project = project_create(actor=admin, wanted=_settings())
    for user, role in (
        (moderator, Role.MODERATOR),
        (reviewer, Role.REVIEWER),
        (second, Role.REVIEWER),
        (reader, Role.READER),
    ):
        member_add(actor=admin, project=project, user=user, role=role)
    return Cast(project, admin, moderator, reviewer, second, reader, tuple(made))


def _settings() -> ProjectSettings:
    return ProjectSettings(
        name="Demo: one week in March",
        slug="demo",
        language="en",
        time_zone="Europe/Kyiv",
        reviews_needed=2,
        blind=True,
        shared_editing=True,
    )
