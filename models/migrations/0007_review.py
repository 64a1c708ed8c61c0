from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index


class _AddColumn(ops.AddField):
    """A plain column that goes as it came. Tortoise would rebuild SQLite's table on the way down, without its keys."""

    async def database_backward(self, app_label, old_state, new_state, state_editor=None):
        if state_editor:
            table = old_state.apps.get_model(f'{app_label}.{self.model_name}')._meta.db_table
            await state_editor.client.execute_query(f'ALTER TABLE "{table}" DROP COLUMN "{self.name}"')


class Migration(migrations.Migration):
    dependencies = [('models', '0006_evaluations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Request',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=16)),
                ('unit', fields.ForeignKeyField('models.Unit', source_field='unit_id', db_constraint=True, to_field='id', related_name='requests', on_delete=OnDelete.RESTRICT)),
                ('indicator', fields.ForeignKeyField('models.Indicator', source_field='indicator_id', null=True, db_constraint=True, to_field='id', related_name='requests', on_delete=OnDelete.RESTRICT)),
                ('fiscal_year', fields.IntField(null=True)),
                ('quarter', fields.IntField(null=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='requests', on_delete=OnDelete.RESTRICT)),
                ('reason', fields.TextField(default='', unique=False)),
                ('data', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('state', fields.CharField(max_length=16)),
                ('until', fields.DateField(null=True)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decided_by', fields.ForeignKeyField('models.Person', source_field='decided_by_id', null=True, db_constraint=True, to_field='id', related_name='requests_decided', on_delete=OnDelete.RESTRICT)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('answer', fields.TextField(default='', unique=False)),
            ],
            options={'table': 'request', 'app': 'models', 'indexes': [Index(fields=['unit_id', 'state']), Index(fields=['person_id']), Index(fields=['decided_by_id'])], 'pk_attr': 'id', 'table_description': 'Something only a coordinator can grant: a closed report opened, an accepted one edited or withdrawn, and so on.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Review',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='reviews', on_delete=OnDelete.RESTRICT)),
                ('version', fields.IntField()),
                ('decision', fields.CharField(max_length=16)),
                ('reason', fields.TextField(default='', unique=False)),
                ('question', fields.CharField(default='', max_length=64)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='reviews', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'review', 'app': 'models', 'indexes': [Index(fields=['report_id', 'at']), Index(fields=['person_id'])], 'pk_attr': 'id', 'table_description': 'One decision about one version of a report, never changed afterwards.'},
            bases=['Model'],
        ),
        _AddColumn(
            model_name='Assignment',
            name='weight',
            field=fields.DecimalField(null=True, max_digits=24, decimal_places=6),
        ),
        _AddColumn(
            model_name='Report',
            name='accepted_version',
            field=fields.IntField(null=True),
        ),
    ]
