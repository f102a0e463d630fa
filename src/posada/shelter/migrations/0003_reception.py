import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from posada.ground.at_once import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_reception'),
        ('people', '0003_reception'),
        ('records', '0002_protection'),
        ('shelter', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='stay',
            name='one_open_stay_per_bed',
        ),
        migrations.AddField(
            model_name='bed',
            name='blocked',
            field=models.CharField(blank=True, choices=[('repair', 'To be repaired'), ('cleaning', 'To be cleaned'), ('kept', 'Kept for somebody who arrives'), ('away', 'A mat that was put away')], max_length=8),
        ),
        migrations.AddField(
            model_name='bed',
            name='is_mat',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='room',
            name='rule',
            field=models.CharField(choices=[('any', 'No rule'), ('families', 'Households together'), ('quiet', 'Quiet'), ('staff', 'Near the staff'), ('no_steps', 'Without steps'), ('early', 'For who gets up early')], default='any', max_length=8),
        ),
        migrations.AddField(
            model_name='room',
            name='tenths_m2',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='stay',
            name='is_beside',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.UniqueConstraint(condition=models.Q(('is_beside', False), ('until_on__isnull', True)), fields=('bed',), name='one_open_stay_per_bed'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.UniqueConstraint(condition=models.Q(('is_beside', True), ('until_on__isnull', True)), fields=('bed',), name='one_infant_beside_per_bed'),
        ),
        CreateModels(
            operations=[migrations.CreateModel(
                name='Absence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since_on', models.DateField()),
                    ('told', models.BooleanField()),
                    ('back_on', models.DateField(null=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='absence', to='people.person')),
                ],
            ), migrations.CreateModel(
                name='Apart',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ('words', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='kept_apart_once'), models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='nobody_apart_from_themselves')],
                },
            ), migrations.CreateModel(
                name='Belongings',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tag', models.PositiveSmallIntegerField()),
                    ('place', models.CharField(choices=[('store', 'The store'), ('office', 'The office'), ('locked', 'A locked cupboard')], max_length=8)),
                    ('until_on', models.DateField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='belongings', to='people.person')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('site', 'tag'), name='one_bag_per_tag')],
                },
            ), migrations.CreateModel(
                name='Checkpoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=24)),
                    ('kind', models.CharField(choices=[('meals', 'Meals'), ('kits', 'Kits'), ('showers', 'Showers'), ('post', 'Post')], max_length=8)),
                    ('rule', models.CharField(choices=[('day', 'Day'), ('meal', 'Meal'), ('week', 'Week'), ('ever', 'Ever'), ('counted', 'Counted')], max_length=8)),
                    ('closed_on', models.DateField(null=True)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('site', 'name'), name='one_checkpoint_per_name')],
                },
            ), migrations.CreateModel(
                name='ChildAlone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateField()),
                    ('told_on', models.DateField(null=True)),
                    ('verified_on', models.DateField(null=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='child_alone', to='people.person')),
                    ('words', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                ],
            ), migrations.CreateModel(
                name='Departure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('left_on', models.DateField()),
                    ('noted_on', models.DateField()),
                    ('untold', models.BooleanField(default=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to='people.person')),
                    ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ('stay', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='departure', to='shelter.stay')),
                ],
            ), migrations.CreateModel(
                name='DirectoryEntry',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('is_interpreter', models.BooleanField(default=False)),
                    ('checked_on', models.DateField(null=True)),
                    ('undertaken_on', models.DateField(null=True)),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                ],
            ), migrations.CreateModel(
                name='FirstNight',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clothes_on', models.DateField(null=True)),
                    ('shoes_on', models.DateField(null=True)),
                    ('hygiene_on', models.DateField(null=True)),
                    ('charger_on', models.DateField(null=True)),
                    ('meal_on', models.DateField(null=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='first_night', to='people.person')),
                ],
            ), migrations.CreateModel(
                name='HandedIn',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('tag', models.PositiveIntegerField()),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ('words', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('site', 'tag'), name='one_bag_handed_in_per_tag')],
                },
            ), migrations.CreateModel(
                name='HouseFigures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('toilets', models.PositiveSmallIntegerField(null=True)),
                    ('litres_a_day', models.PositiveIntegerField(null=True)),
                    ('site', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='accounts.site')),
                ],
            ), migrations.CreateModel(
                name='LeaveNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('given_by', models.CharField(choices=[('house', 'This house'), ('owner', 'Who owns or pays for the building'), ('public', 'A public authority'), ('other', 'Somebody else')], max_length=8)),
                    ('given_on', models.DateField()),
                    ('leave_by', models.DateField()),
                    ('aid_told', models.BooleanField(default=False)),
                    ('bed_asked', models.BooleanField(default=False)),
                    ('heard', models.BooleanField(default=False)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leave_notice', to='people.person')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('leave_by__gte', models.F('given_on'))), name='no_notice_before_it_was_given')],
                },
            ), migrations.CreateModel(
                name='NeedReferral',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField(unique=True)),
                    ('state', models.CharField(choices=[('asked', 'asked'), ('accepted', 'accepted'), ('refused', 'refused'), ('done', 'done'), ('withdrawn', 'withdrawn')], default='asked', max_length=9)),
                    ('asked_on', models.DateField()),
                    ('answered_on', models.DateField(null=True)),
                    ('follow_up_on', models.DateField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='people.person')),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                ],
            ), migrations.CreateModel(
                name='NightRules',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('out_nights', models.PositiveSmallIntegerField(default=3)),
                    ('keep_days', models.PositiveSmallIntegerField(default=60)),
                    ('site', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='accounts.site')),
                ],
            ), migrations.CreateModel(
                name='OnwardMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_on', models.DateField()),
                    ('summary', models.BooleanField(default=False)),
                    ('belongings', models.BooleanField(default=False)),
                    ('medicines', models.BooleanField(default=False)),
                    ('documents', models.BooleanField(default=False)),
                    ('household', models.BooleanField(default=False)),
                    ('answer', models.CharField(blank=True, choices=[('yes', 'Accepted'), ('full', 'Refused: no free bed'), ('not_all', 'Refused: not for all of them together'), ('cannot', 'Refused: they cannot give what is needed'), ('other', 'Refused, without a reason')], max_length=8)),
                    ('answered_on', models.DateField(null=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='onward_move', to='people.person')),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                ],
            ), migrations.CreateModel(
                name='PostWaiting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateField()),
                    ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post', to='shelter.checkpoint')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_waiting', to='people.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('checkpoint', 'person'), name='one_word_of_post_per_person')],
                },
            ), migrations.CreateModel(
                name='PrintedList',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('evacuation', 'evacuation'), ('presence', 'presence'), ('meals', 'meals')], max_length=10)),
                    ('printed_on', models.DateField()),
                    ('ask_on', models.DateField()),
                    ('gone_on', models.DateField(null=True)),
                    ('fate', models.CharField(blank=True, choices=[('burnt', 'burnt'), ('shredded', 'shredded'), ('not_printed', 'not_printed'), ('lost', 'lost'), ('in_use', 'in_use'), ('for_counts', 'for_counts')], max_length=12)),
                    ('copies', models.PositiveSmallIntegerField(null=True)),
                    ('ticks_first', models.PositiveSmallIntegerField(null=True)),
                    ('ticks_second', models.PositiveSmallIntegerField(null=True)),
                    ('ticks_third', models.PositiveSmallIntegerField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('printed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('gone_on__isnull', True)), fields=('site', 'kind', 'printed_by', 'printed_on'), name='one_open_list_a_day')],
                },
            ), migrations.CreateModel(
                name='RollCall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('is_finished', models.BooleanField(default=False)),
                    ('here', models.PositiveIntegerField(default=0)),
                    ('missing', models.PositiveIntegerField(default=0)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_finished', False)), fields=('site',), name='one_roll_call_at_a_time')],
                },
            ), migrations.CreateModel(
                name='RollMark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('here', models.BooleanField()),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='shelter.rollcall')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('call', 'person'), name='one_mark_per_roll_call')],
                },
            ), migrations.CreateModel(
                name='VoucherSeries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('cash', 'cash'), ('food', 'food'), ('transport', 'transport'), ('clothes', 'clothes'), ('phone', 'phone')], max_length=9)),
                    ('amount', models.PositiveIntegerField()),
                    ('currency', models.CharField(max_length=3)),
                    ('made_on', models.DateField()),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                ],
            ), migrations.CreateModel(
                name='WaitEnded',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('became', models.CharField(choices=[('other', 'They sleep somewhere else'), ('kin', 'They sleep with relatives or friends'), ('site', 'Another site gave them a bed'), ('left', 'They went on and did not say where')], max_length=8)),
                    ('on', models.DateField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='wait_ended', to='people.person')),
                ],
            ), migrations.CreateModel(
                name='WentOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('item', models.CharField(choices=[('clothes', 'Clothes'), ('shoes', 'Shoes'), ('hygiene', 'Hygiene'), ('charger', 'Charger'), ('meal', 'Meal')], max_length=8)),
                    ('size', models.CharField(blank=True, max_length=4)),
                    ('month', models.DateField()),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='accounts.site')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('site', 'item', 'size', 'month'), name='one_count_per_size')],
                },
            ), migrations.CreateModel(
                name='CheckCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('meal', models.PositiveSmallIntegerField(choices=[(0, 'None'), (1, 'Breakfast'), (2, 'Midday'), (3, 'Evening')], default=0)),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='shelter.checkpoint')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('checkpoint', 'on', 'meal'), name='one_count_per_day_and_meal')],
                },
            ), migrations.CreateModel(
                name='CheckOff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period_on', models.DateField()),
                    ('meal', models.PositiveSmallIntegerField(choices=[(0, 'None'), (1, 'Breakfast'), (2, 'Midday'), (3, 'Evening')], default=0)),
                    ('on', models.DateField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_offs', to='people.person')),
                    ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_offs', to='shelter.checkpoint')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('checkpoint', 'person', 'period_on', 'meal'), name='once_in_its_time')],
                },
            ), migrations.CreateModel(
                name='Voucher',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField(unique=True)),
                    ('state', models.CharField(choices=[('left', 'left'), ('given', 'given'), ('cancelled', 'cancelled')], default='left', max_length=9)),
                    ('receipt', models.CharField(choices=[('signed', 'signed'), ('mark', 'mark')], default='', max_length=6)),
                    ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='shelter.voucherseries')),
                ],
            )],
        ),
    ]
