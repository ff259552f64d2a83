"""Addresses of members, bodies and the rule book."""

from django.urls import path

from collegium.server.web.organisation import views

urlpatterns = [
    path("members/", views.members, name="members"),
    path("members/<int:number>/", views.member, name="member"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<int:number>/", views.body, name="body"),
    path("rules/", views.rules, name="rules"),
]
