"""Addresses of joint approvals, and of what is asked for on other pages."""

from django.urls import path

from collegium.server.web.approvals import asking, views

urlpatterns = [
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/<int:number>/", views.approval, name="approval"),
    path("approvals/<int:number>/approve/", views.approve, name="approve"),
    path("approvals/<int:number>/refuse/", views.refuse, name="refuse"),
    path("approvals/<int:number>/enact/", views.enact, name="enact"),
    path("approvals/<int:number>/withdraw/", views.withdraw, name="withdraw-request"),
    path("members/<int:number>/end/", asking.end_membership, name="end-membership"),
    path("members/<int:number>/end/alone/", asking.end_alone, name="end-alone"),
    path("members/<int:number>/standing/", asking.change_standing, name="change-standing"),
    path("members/<int:number>/key/", asking.vouch_key, name="vouch-key"),
    path("members/<int:number>/key/end/", asking.end_key, name="end-key"),
    path("bodies/<int:number>/transfer/", asking.transfer, name="transfer"),
    path("bodies/<int:number>/admit/", asking.admit, name="admit"),
    path("bodies/<int:number>/parts/new/", asking.create_body, name="create-body"),
    path("bodies/<int:number>/posts/new/", asking.create_post, name="create-post"),
    path("bodies/<int:number>/dissolve/", asking.dissolve, name="dissolve"),
    path("bodies/<int:number>/posts/<int:seat>/fill/", asking.fill_post, name="fill-post"),
    path("bodies/<int:number>/posts/<int:seat>/vacate/", asking.vacate_post, name="vacate-post"),
    path("rules/<str:clause>/change/", asking.change_clause, name="change-clause"),
]
