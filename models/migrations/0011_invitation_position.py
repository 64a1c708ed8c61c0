from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0010_rich_menus')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Invitation',
            name='position',
            field=fields.CharField(default='', db_default='', max_length=300),
        ),
    ]
