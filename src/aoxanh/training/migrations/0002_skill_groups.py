"""The three skill groups that the campaign's plan names."""

from typing import Any

from django.db import migrations

GROUPS = (
    ("vneid", 1, "Hỗ trợ VNeID", "Help with VNeID"),
    ("services", 2, "Hỗ trợ dịch vụ công trực tuyến", "Help with online public services"),
    ("ai", 3, "Hướng dẫn dùng trợ lý AI", "Help with the AI assistant"),
)


def write(apps: Any, _schema_editor: Any) -> None:
    group = apps.get_model("training", "SkillGroup")
    for code, number, name_vi, name_en in GROUPS:
        group.objects.update_or_create(
            code=code, defaults={"number": number, "name_vi": name_vi, "name_en": name_en}
        )


def take_out(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("training", "SkillGroup").objects.filter(code__in=[row[0] for row in GROUPS]).delete()


class Migration(migrations.Migration):
    dependencies = [("training", "0001_first_tables")]
    operations = [migrations.RunPython(write, take_out)]
