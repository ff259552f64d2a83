"""Addresses of votes and ballots."""

from django.urls import path

from collegium.server.web.decisions import (
    casting,
    concluding,
    downloads,
    opening,
    results,
    telling,
    views,
)

urlpatterns = [
    path("votes/", views.votes, name="votes"),
    path("votes/<int:number>/", views.vote, name="vote"),
    path("votes/<int:number>/cast/", casting.cast, name="cast"),
    path("votes/<int:number>/card/", casting.cast_card, name="cast-card"),
    path("votes/<int:number>/proxy/", casting.give_proxy, name="give-proxy"),
    path("votes/<int:number>/proxy/back/", casting.take_back, name="take-back"),
    path("votes/<int:number>/proxy/<int:member>/", casting.cast_by_proxy, name="cast-by-proxy"),
    path("votes/<int:number>/tell/", telling.tell, name="tell"),
    path("votes/<int:number>/paper/", telling.count_in, name="count-in"),
    path("approvals/<int:number>/ballots/", telling.asked, name="asked-ballots"),
    path("votes/<int:number>/close/", concluding.close, name="close-vote"),
    path("votes/<int:number>/declare/", concluding.declare, name="declare"),
    path("votes/<int:number>/certify/", concluding.certify, name="certify"),
    path("votes/<int:number>/refuse/", concluding.refuse, name="refuse-outcome"),
    path("votes/<int:number>/contest/", concluding.contest, name="contest"),
    path(
        "votes/<int:number>/objections/<int:place>/answer/",
        concluding.answer,
        name="answer-contest",
    ),
    path("votes/<int:number>/annul/", concluding.annul, name="annul"),
    path("votes/<int:number>/what-if/", results.what_if, name="what-if"),
    path("votes/<int:number>/ballots/", views.ballots, name="ballots"),
    path("votes/<int:number>/ballots.<slug:form>", downloads.ballots_file, name="ballots-file"),
    path("votes/<int:number>/profile.txt", downloads.profile_file, name="profile-file"),
    path("votes/<int:number>/outcome.json", downloads.outcome_file, name="outcome-file"),
    path("votes/<int:number>/protocol.<slug:form>", downloads.protocol_file, name="protocol-file"),
    path("votes/<int:number>/picture.svg", downloads.picture_file, name="picture-file"),
    path("questions/<int:number>/vote/", opening.open_vote, name="open-vote"),
    path("bodies/<int:number>/elect/", opening.open_election, name="open-election"),
]
