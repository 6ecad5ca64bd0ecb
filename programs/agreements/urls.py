"""Addresses under /agreements/: what somebody agreed to, and the papers on record of them."""

from django.urls import path

from programs.agreements.views import agreements, consents, documents, page

app_name = "agreements"
PERSON = "<uuid:program_id>/<uuid:participant_id>"
urlpatterns = [
    path(f"{PERSON}/", page.agreements, name="agreements"),
    # how they may be reached
    path(f"{PERSON}/consents/give/", consents.give, name="give"),
    path(f"{PERSON}/consents/withdraw/", consents.withdraw, name="withdraw"),
    # what they signed
    path(f"{PERSON}/program/new/", agreements.new_program_agreement, name="new_program"),
    path(f"{PERSON}/telehealth/new/", agreements.new_telehealth, name="new_telehealth"),
    path(f"{PERSON}/release/new/", agreements.new_release, name="new_release"),
    path(f"{PERSON}/<uuid:agreement_id>/revoke/", agreements.revoke, name="revoke"),
    # papers
    path(f"{PERSON}/documents/new/", documents.new, name="new_document"),
    path(f"{PERSON}/documents/<uuid:document_id>/", documents.download, name="document"),
    path(
        f"{PERSON}/documents/<uuid:document_id>/withdraw/",
        documents.withdraw,
        name="withdraw_document",
    ),
]
