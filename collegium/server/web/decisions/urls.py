"""Addresses of votes and ballots."""

from django.urls import path

from collegium.server.web.decisions import downloads, opening, views

urlpatterns = [
    path("votes/", views.votes, name="votes"),
    path("votes/<int:number>/", views.vote, name="vote"),
    path("votes/<int:number>/cast/", views.cast, name="cast"),
    path("votes/<int:number>/close/", views.close, name="close-vote"),
    path("votes/<int:number>/declare/", views.declare, name="declare"),
    path("votes/<int:number>/ballots/", views.ballots, name="ballots"),
    path("votes/<int:number>/ballots.csv", downloads.ballots_file, name="ballots-file"),
    path("votes/<int:number>/profile.txt", downloads.profile_file, name="profile-file"),
    path("votes/<int:number>/outcome.json", downloads.outcome_file, name="outcome-file"),
    path("questions/<int:number>/vote/", opening.open_vote, name="open-vote"),
]
