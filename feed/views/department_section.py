"""What conversations add to a department's page: the open questions put to it."""

from feed.streams import questions
from people.department_sections import Section


def _open_questions(request, department):
    return {"questions": questions.put_to(department, request.user), "department": department}


OPEN_QUESTIONS = Section("feed/_department_questions.html", _open_questions)
