"""A person edits their own profile: each part, who may, two windows at once, what a directory owns, what others see."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from people.actions import privacy
from people.models import DirectorySource, FieldRule, PersonSkill, Skill, User
from tests.factories import CommunityFactory, UserFactory

pytestmark = pytest.mark.django_db


def filled(client, block, **typed):
    """What a browser would send for the form of `block` with `typed` in it."""
    text = client.get(f"/people/eva/edit/{block}/").content.decode()
    form = client.get(f"/people/eva/edit/{block}/").context["form"]
    data = {field.html_name: field.value() or "" for field in form if not field.field.disabled}
    assert data["version"] in text
    return data | typed


def save(client, block, **typed):
    return client.post(f"/people/eva/edit/{block}/", filled(client, block, **typed))


BLOCKS = ("name", "absence", "about", "skills", "languages", "contact", "team")


def test_every_part_has_a_form_for_oneself_and_404_for_others(company, client_for):
    own, other, boss = (
        client_for(one) for one in (company.employee, company.outsider, company.administrator)
    )
    for block in (*BLOCKS, "photo"):
        address = f"/people/eva/edit/{block}/"
        assert f'action="{address}"' in own.get(address).content.decode()
        for stranger in (other, boss):
            assert stranger.get(address).status_code == 404
            assert stranger.post(address, {"about": "x"}).status_code == 404
    for address in ("photo/remove/", "photo/undo/", "hint/"):
        assert other.post(f"/people/eva/edit/{address}").status_code == 404
    assert own.get("/people/eva/edit/salary/").status_code == 404
    assert own.get("/people/nobody/edit/about/").status_code == 404


def test_what_was_edited_stands_on_the_profile(company, client_for):
    client = client_for(company.employee)
    assert save(client, "name", pronunciation="EH-fah", pronouns="she/her").status_code == 303
    save(client, "about", about="I pour\x00 iron.\nDaily.")
    save(client, "about", about="I pour iron.\nDaily.")
    save(client, "skills", skills="Moulding, #cores , moulding,, Sand")
    save(client, "languages", language_0="de", language_1="cs", language_2="cs")
    save(client, "contact", phone="+49 1", mobile="+49 2", room="A 1", who_mobile="everyone")
    text = client_for(company.outsider).get("/people/eva/").content.decode()
    for words in ("EH-fah", "she/her", "I pour iron.<br>Daily.", "German, Czech", "+49 1", "+49 2", "A 1"):
        assert words in text, words
    named = PersonSkill.objects.order_by("pk").values_list("tag__name", flat=True)
    assert list(named) == ["Moulding", "cores", "Sand"]
    assert "?skill=moulding" in text
    company.employee.refresh_from_db()
    assert "moulding" in company.employee.folded


def test_skill_is_one_word_for_all_and_leaves_with_its_last_holder(company, client_for):
    eva = client_for(company.employee)
    save(eva, "skills", skills="Straße, Sand")
    skill = Skill.objects.get(name="Straße")
    PersonSkill.objects.create(tag=skill, content_object=company.outsider)
    save(eva, "skills", skills="STRASSE")
    assert [one.name for one in Skill.objects.all()] == ["Straße"]
    save(eva, "skills", skills="")
    assert Skill.objects.filter(name="Straße").exists()


@pytest.mark.parametrize(
    ("block", "typed"),
    [
        ("name", {"pronouns": "x" * 41}),
        ("about", {"about": "x" * 1001}),
        ("skills", {"skills": "x" * 61}),
        ("skills", {"skills": ", ".join(f"skill {n}" for n in range(31))}),
        ("languages", {"language_0": "klingon"}),
        ("contact", {"phone": "9" * 61}),
        ("contact", {"phone": "1", "who_phone": "friends"}),
        ("absence", {"absent_from": "2026-12-24"}),
        ("absence", {"absent_from": "2026-12-24", "absent_until": "2026-12-20"}),
        ("absence", {"absent_until": "soon"}),
        ("absence", {"deputy": "nobody.here"}),
        ("absence", {"deputy": "eva"}),
        ("absence", {"deputy": "<script>"}),
    ],
)
def test_what_cannot_be_kept_comes_back_as_typed_with_the_reason(company, client_for, block, typed):
    client = client_for(company.employee)
    before = User.objects.filter(pk=company.employee.pk).values().get()
    answer = save(client, block, **typed)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    form = answer.context["form"]
    for name, value in typed.items():
        assert form[name].value() == value
    assert User.objects.filter(pk=company.employee.pk).values().get() == before


def test_second_window_never_overwrites_silently(company, client_for):
    client = client_for(company.employee)
    first, second = (filled(client, "about", about=words) for words in ("From window one", "From window two"))
    assert client.post("/people/eva/edit/about/", first).status_code == 303
    answer = client.post("/people/eva/edit/about/", second)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "From window one" in text and "From window two" in text
    company.employee.refresh_from_db()
    assert company.employee.about == "From window one"
    again = second | {"version": answer.context["form"]["version"].value()}
    assert client.post("/people/eva/edit/about/", again).status_code == 303
    company.employee.refresh_from_db()
    assert company.employee.about == "From window two"


def test_field_of_a_directory_cannot_be_changed_and_says_whom_to_ask(company, client_for):
    source = DirectorySource.objects.create(
        name="Payroll",
        kind="file",
        issuer="file:payroll",
        fields=["phone", "languages"],
        contact="hr@example.com",
    )
    User.objects.filter(pk=company.employee.pk).update(
        phone="100", languages=["de"], mastered={"phone": source.pk, "languages": source.pk}
    )
    client = client_for(company.employee)
    text = client.get("/people/eva/edit/contact/").content.decode()
    assert "Comes from Payroll. If something is wrong, ask hr@example.com." in text
    assert "Payroll" in client.get("/people/eva/").content.decode()
    assert "Payroll" not in client_for(company.outsider).get("/people/eva/").content.decode()
    data = filled(client, "contact", phone="666", room="B 2")
    assert client.post("/people/eva/edit/contact/", data).status_code == 303
    save(client, "languages", language_0="cs")
    company.employee.refresh_from_db()
    assert (company.employee.phone, company.employee.room, company.employee.languages) == (
        "100",
        "B 2",
        ["de"],
    )


def test_absence_is_said_while_it_lasts_with_the_deputy(company, client_for):
    client, today = client_for(company.employee), timezone.localdate()
    day = timedelta(days=1)
    save(client, "absence", absent_from=today - day, absent_until=today + day, deputy="@otto")
    reader = client_for(company.outsider)
    text = reader.get("/people/eva/").content.decode()
    assert "Away until" in text and "/people/otto/" in text
    User.objects.filter(pk=company.outsider.pk).update(is_active=False)
    text = client_for(company.author).get("/people/eva/").content.decode()
    assert "Away until" in text and "/people/otto/" not in text
    save(client, "absence", absent_from=today - 3 * day, absent_until=today - 2 * day, deputy="")
    assert "Away until" not in client_for(company.author).get("/people/eva/").content.decode()


HIDDEN = {
    "pronunciation": "EH-fah", "pronouns": "she-her", "about": "Words of mine", "phone": "+49 111", "mobile": "+49 222",
    "room": "Hall 9",
}  # fmt: skip


@pytest.mark.parametrize(("choice", "seers"), [("everyone", 4), ("department", 2), ("nobody", 1)])
def test_each_choice_holds_wherever_the_field_is_shown(company, client_for, choice, seers):
    person, today = company.employee, timezone.localdate()
    person.shown_to = dict.fromkeys([*HIDDEN, "skills", "languages", "absence", "joined_on"], choice)
    person.languages, person.joined_on = ["cs"], today.replace(year=2001, month=3)
    person.absent_from = person.absent_until = today
    for name, value in HIDDEN.items():
        setattr(person, name, value)
    person.save()
    PersonSkill.objects.create(content_object=person, tag=Skill.objects.create(name="Zinc", slug="zinc"))
    words = [*HIDDEN.values(), "Zinc", "Czech", "Away until", "March 2001"]
    readers = [person, company.moderator, company.outsider, company.administrator]
    for number, reader in enumerate(readers):
        client = client_for(reader)
        text = client.get("/people/eva/").content.decode()
        found = {word for word in words if word in text}
        assert found == (set(words) if number < seers else set()), reader
        offered = client.get("/skills/suggest/", {"q": "zi"}).content.decode()
        assert ("Zinc" in offered) == (number < seers)
        reported = client.get("/people/eva/report/").status_code
        assert reported == (200 if 0 < number < seers else 404)


def test_company_limits_what_can_be_chosen(company, client_for):
    FieldRule.objects.create(field="phone", allowed=["everyone"], default="everyone")
    FieldRule.objects.create(field="room", allowed=["department", "nobody"], default="department")
    client = client_for(company.employee)
    form = client.get("/people/eva/edit/contact/").context["form"]
    assert form.fields["who_phone"].disabled
    assert [value for value, _label in form.fields["who_room"].choices] == ["department", "nobody"]
    assert save(client, "contact", room="A", who_room="everyone").status_code == 422
    save(client, "contact", room="A", who_phone="nobody", who_room="nobody")
    company.employee.refresh_from_db()
    assert company.employee.shown_to == {"mobile": "department", "room": "nobody"}


def test_former_and_erased_colleagues_show_nothing(company, client_for):
    person = company.employee
    person.about, person.pronouns, person.mobile = "Words of mine", "she-her", "+49 222"
    person.is_active = False
    person.save()
    text = client_for(company.moderator).get("/people/eva/").content.decode()
    assert not [word for word in ("Words of mine", "she-her", "+49 222", "Local time") if word in text]
    assert client_for(company.outsider).get("/people/former-colleague-1/").status_code == 404


def test_communities_in_common_name_closed_ones_only_to_those_inside(company, client_for):
    CommunityFactory(name="Ovens", kind="closed", members=[company.employee, company.moderator])
    CommunityFactory(name="Choir", kind="open", members=[company.employee, company.outsider])
    seen = {
        name: re.findall(
            "Ovens|Choir", client_for(getattr(company, name)).get("/people/eva/").content.decode()
        )
        for name in ("moderator", "outsider", "administrator")
    }
    assert seen == {"moderator": ["Ovens"], "outsider": ["Choir"], "administrator": []}


def test_hint_says_what_is_missing_to_oneself_only_and_goes_for_good(company, client_for):
    client = client_for(company.employee)
    assert "Your profile could say more" in client.get("/people/eva/").content.decode()
    assert (
        "Your profile could say more" not in client_for(company.outsider).get("/people/eva/").content.decode()
    )
    client.post("/people/eva/edit/hint/")
    assert "Your profile could say more" not in client.get("/people/eva/").content.decode()


def test_htmx_gets_the_part_alone(company, client_for):
    client, asked = client_for(company.employee), {"HX-Request": "true"}
    form = client.get("/people/eva/edit/about/", headers=asked).content.decode()
    assert "<html" not in form and "<form" in form
    answer = client.post("/people/eva/edit/about/", filled(client, "about", about="Iron"), headers=asked)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="block-about"' in text and "Iron" in text and "<form" not in text
    shown = client.get("/people/eva/edit/about/?cancel=1", headers=asked).content.decode()
    assert "Iron" in shown and "<form" not in shown


def test_skills_are_offered_with_how_many_name_them(company, client_for):
    zinc, tin = (Skill.objects.create(name=name, slug=name.lower()) for name in ("Zinc-casting", "Tin"))
    for person, skill in ((company.employee, zinc), (company.outsider, zinc), (company.author, tin)):
        PersonSkill.objects.create(content_object=person, tag=skill)
    PersonSkill.objects.create(content_object=UserFactory(is_active=False), tag=tin)
    client = client_for(company.outsider)
    assert "2 colleagues" in client.get("/skills/suggest/", {"q": "CAST"}).content.decode()
    assert "1 colleague<" in client.get("/skills/suggest/", {"q": "tin"}).content.decode()
    assert client.get("/skills/suggest/", {"q": ""}).content.strip() == b""
    assert client.get("/skills/suggest/", {"q": "%\x00_"}).status_code in (200, 400)


def test_erasure_takes_skills_deputy_and_choices_along(company, client_for):
    person, other = company.employee, company.outsider
    other.deputy, person.shown_to, person.mobile = person, {"mobile": "nobody"}, "+49 222"
    person.save()
    other.save()
    save(client_for(person), "skills", skills="Zinc")
    exported = privacy.profile(user=User.objects.get(pk=person.pk))
    assert (exported["skills"], exported["mobile"]) == (["Zinc"], "+49 222")
    privacy.erase(user=User.objects.get(pk=person.pk), keep_content=True)
    left = User.objects.get(pk=person.pk)
    assert (left.mobile, left.shown_to, left.folded) == ("", {}, "")
    assert not Skill.objects.exists()
    assert User.objects.get(pk=other.pk).deputy is None
    assert client_for(other).get(f"/people/{left.handle}/").status_code == 404


def test_profile_costs_no_more_with_many_reports_skills_and_communities(
    company, client_for, django_assert_max_num_queries
):
    for number in range(20):
        UserFactory(manager=company.executive)
        skill = Skill.objects.create(name=f"Skill {number}", slug=f"skill-{number}")
        PersonSkill.objects.create(tag=skill, content_object=company.executive)
        CommunityFactory(members=[company.executive, company.outsider])
    client = client_for(company.outsider)
    client.get("/people/henrike/")
    with django_assert_max_num_queries(13):
        assert "Skill 19" in client.get("/people/henrike/").content.decode()
