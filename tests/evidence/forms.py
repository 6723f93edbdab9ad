"""The addresses and the form of evidence, as a browser knows them."""

from django.urls import reverse

from annotations.lib.ids import uuid7


def address(name: str, project, **more) -> str:
    return reverse(name, kwargs={"slug": project.slug, **more})


def fields(**more) -> dict[str, object]:
    """A form as a browser sends it, every field of it."""
    return {
        "question": "How many deaths were verified?",
        "answer": "136.",
        "answer_type": "extractive",
        "quote": "136 killed",
        "medium": "web_text",
        "source_name": "UN",
        "url": "https://un.example/count",
        "published": "2022-03-05",
        "accessed": "2022-03-06",
        "captured": "",
        "asked_on": "",
        "response": "",
        "stance": "refutes",
        "form_key": str(uuid7()),
        **more,
    }
