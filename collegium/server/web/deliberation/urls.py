"""Addresses of questions and proposals."""

from django.urls import path

from collegium.server.web.deliberation import views

urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("questions/new/", views.new_question, name="new-question"),
    path("questions/<int:number>/", views.question, name="question"),
    path("questions/<int:number>/new/", views.new_proposal, name="new-proposal"),
    path("proposals/<int:number>/", views.proposal, name="proposal"),
    path("proposals/<int:number>/v<int:version>/", views.proposal, name="version"),
    path("proposals/<int:number>/sign/", views.sign, name="sign"),
    path("proposals/<int:number>/unsign/", views.withdraw_signature, name="unsign"),
    path("proposals/<int:number>/object/", views.raise_objection, name="object"),
    path("proposals/<int:number>/revise/", views.revise, name="revise"),
    path("proposals/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path(
        "proposals/<int:number>/objections/<int:place>/answer/",
        views.answer_objection,
        name="answer",
    ),
]
