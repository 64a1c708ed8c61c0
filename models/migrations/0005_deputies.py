from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields


class AddReference(ops.AddField):
    """Taking a reference back on SQLite, Tortoise would leave its column behind, and the way up would find it there."""

    async def database_backward(self, app_label, old_state, new_state, state_editor=None):
        if state_editor is None or state_editor.client.capabilities.dialect != 'sqlite':
            await super().database_backward(app_label, old_state, new_state, state_editor)
            return
        meta = old_state.apps.get_model(f'{app_label}.{self.model_name}')._meta
        column = meta.fields_map[self.name].source_field
        await state_editor._run_sql(f'ALTER TABLE "{meta.db_table}" DROP COLUMN "{column}"')


class Migration(migrations.Migration):
    dependencies = [('models', '0004_pictures')]

    initial = False

    operations = [
        AddReference(
            model_name='Invitation',
            name='acting_for',
            field=fields.ForeignKeyField('models.Person', source_field='acting_for_id', null=True, db_constraint=True, to_field='id', related_name='deputy_invitations', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Invitation',
            name='valid_to',
            field=fields.DateField(null=True),
        ),
    ]
