"""Addresses of the SCIM server, below /scim/v2/. What is no address of SCIM's answers 404 in SCIM's own form."""

from django.urls import path

from people.views import scim

urlpatterns = [
    path("Users", scim.users, name="scim_users"),
    path("Users/.search", scim.search_users, name="scim_search_users"),
    path("Users/<str:key>", scim.user, name="scim_user"),
    path("Groups", scim.groups, name="scim_groups"),
    path("Groups/.search", scim.search_groups, name="scim_search_groups"),
    path("Groups/<str:key>", scim.group, name="scim_group"),
    path(".search", scim.search, name="scim_search"),
    path("ServiceProviderConfig", scim.config, name="scim_config"),
    path("ResourceTypes", scim.resource_types, name="scim_resource_types"),
    path("ResourceTypes/<str:key>", scim.resource_type, name="scim_resource_type"),
    path("Schemas", scim.schemas, name="scim_schemas"),
    path("Schemas/<str:key>", scim.schema, name="scim_schema"),
    path("Bulk", scim.unsupported, name="scim_bulk"),
    path("Me", scim.unsupported, name="scim_me"),
    path("", scim.absent, name="scim_root"),
    path("<path:rest>", scim.absent, name="scim_absent"),
]
