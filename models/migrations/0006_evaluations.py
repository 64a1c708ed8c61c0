from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0005_deputies')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Criterion',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('fiscal_year', fields.IntField()),
                ('code', fields.CharField(max_length=32)),
                ('label', fields.TextField(default='', unique=False)),
                ('label_en', fields.TextField(default='', unique=False)),
                ('maximum', fields.DecimalField(max_digits=24, decimal_places=6)),
                ('order', fields.IntField(default=0)),
            ],
            options={'table': 'criterion', 'app': 'models', 'unique_together': (('fiscal_year', 'code'),), 'pk_attr': 'id', 'table_description': 'A criterion that evaluators score in a fiscal year, such as 2.1 of at most 100 (DOMAIN: criteria 2.1 / 2.2).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Evaluation',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('indicator', fields.ForeignKeyField('models.Indicator', source_field='indicator_id', db_constraint=True, to_field='id', related_name='evaluations', on_delete=OnDelete.RESTRICT)),
                ('fiscal_year', fields.IntField()),
                ('quarter', fields.IntField()),
                ('version', fields.IntField()),
                ('overall', fields.DecimalField(null=True, max_digits=24, decimal_places=6)),
                ('comment', fields.TextField(default='', unique=False)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='evaluations', on_delete=OnDelete.RESTRICT)),
                ('evaluated_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'evaluation', 'app': 'models', 'unique_together': (('indicator', 'fiscal_year', 'quarter', 'version'),), 'indexes': [Index(fields=['person_id'])], 'pk_attr': 'id', 'table_description': "One evaluation of an indicator's quarter, never changed: the newest version counts. Absent: not evaluated."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='EvaluationScore',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('evaluation', fields.ForeignKeyField('models.Evaluation', source_field='evaluation_id', db_constraint=True, to_field='id', related_name='scores', on_delete=OnDelete.RESTRICT)),
                ('criterion', fields.ForeignKeyField('models.Criterion', source_field='criterion_id', db_constraint=True, to_field='id', related_name='scores', on_delete=OnDelete.RESTRICT)),
                ('score', fields.DecimalField(max_digits=24, decimal_places=6)),
            ],
            options={'table': 'evaluation_score', 'app': 'models', 'unique_together': (('evaluation', 'criterion'),), 'pk_attr': 'id', 'table_description': "One criterion's score in one evaluation. Absent: this criterion was not scored, which is not zero."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='GroupChat',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('unit', fields.ForeignKeyField('models.Unit', source_field='unit_id', db_constraint=True, to_field='id', related_name='group_chats', on_delete=OnDelete.RESTRICT)),
                ('code_hash', fields.CharField(unique=True, max_length=64)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('linked_by', fields.ForeignKeyField('models.Person', source_field='linked_by_id', db_constraint=True, to_field='id', related_name='group_chats', on_delete=OnDelete.RESTRICT)),
                ('chat_id', fields.CharField(null=True, unique=True, max_length=33)),
                ('linked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'group_chat', 'app': 'models', 'indexes': [Index(fields=['unit_id']), Index(fields=['linked_by_id'])], 'pk_attr': 'id', 'table_description': 'A group or room in which the bot answers, of one unit: offered as a code, linked once that is typed there.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='YearSummary',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('indicator', fields.ForeignKeyField('models.Indicator', source_field='indicator_id', db_constraint=True, to_field='id', related_name='year_summaries', on_delete=OnDelete.RESTRICT)),
                ('fiscal_year', fields.IntField()),
                ('version', fields.IntField()),
                ('text', fields.TextField(unique=False)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='year_summaries', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'year_summary', 'app': 'models', 'unique_together': (('indicator', 'fiscal_year', 'version'),), 'indexes': [Index(fields=['person_id'])], 'pk_attr': 'id', 'table_description': "สรุปผลการดำเนินงาน of an indicator's fiscal year, never changed: the newest version counts."},
            bases=['Model'],
        ),
    ]
