"""ProvinceDay, the daily figures added up per province."""

import aoxanh.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ProvinceDay',
            fields=[
                ('pk', models.CompositePrimaryKey('province_code', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('province_code', models.CharField(max_length=2)),
                ('day', models.DateField()),
                ('computed_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('sessions', models.BigIntegerField(default=0)),
                ('minutes', models.BigIntegerField(default=0)),
                ('volunteers', models.BigIntegerField(default=0)),
                ('refusals', models.BigIntegerField(default=0)),
                ('files_digitise', models.BigIntegerField(default=0)),
                ('people_id_sync', models.BigIntegerField(default=0)),
                ('people_outreach', models.BigIntegerField(default=0)),
                ('people_class', models.BigIntegerField(default=0)),
                ('other_language', models.BigIntegerField(default=0)),
                ('old_age', models.BigIntegerField(default=0)),
                ('group_ho_tich', models.BigIntegerField(default=0)),
                ('group_chung_thuc', models.BigIntegerField(default=0)),
                ('group_cu_tru', models.BigIntegerField(default=0)),
                ('group_can_cuoc', models.BigIntegerField(default=0)),
                ('group_xa_hoi', models.BigIntegerField(default=0)),
                ('group_bhxh_thue_kd', models.BigIntegerField(default=0)),
                ('group_dat_dai_xay_dung', models.BigIntegerField(default=0)),
                ('group_giao_duc_khac', models.BigIntegerField(default=0)),
                ('group_vneid', models.BigIntegerField(default=0)),
                ('mode_desk', models.BigIntegerField(default=0)),
                ('mode_home', models.BigIntegerField(default=0)),
                ('mode_mobile', models.BigIntegerField(default=0)),
                ('mode_remote', models.BigIntegerField(default=0)),
                ('outcome_finished', models.BigIntegerField(default=0)),
                ('outcome_guided', models.BigIntegerField(default=0)),
                ('outcome_handed_over', models.BigIntegerField(default=0)),
                ('outcome_come_back', models.BigIntegerField(default=0)),
                ('outcome_stopped', models.BigIntegerField(default=0)),
                ('obstacle_none', models.BigIntegerField(default=0)),
                ('obstacle_papers', models.BigIntegerField(default=0)),
                ('obstacle_no_phone', models.BigIntegerField(default=0)),
                ('obstacle_no_signal', models.BigIntegerField(default=0)),
                ('obstacle_account', models.BigIntegerField(default=0)),
                ('obstacle_otp', models.BigIntegerField(default=0)),
                ('obstacle_data', models.BigIntegerField(default=0)),
                ('obstacle_language', models.BigIntegerField(default=0)),
                ('obstacle_portal', models.BigIntegerField(default=0)),
                ('obstacle_other', models.BigIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='provinceday_day')],
            },
        ),
    ]
