from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0009_processes')]

    initial = False

    operations = [
        ops.CreateModel(
            name='RichMenu',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16)),
                ('name', fields.CharField(max_length=64)),
                ('rich_menu_id', fields.CharField(max_length=64)),
            ],
            options={'table': 'rich_menu', 'app': 'models', 'pk_attr': 'id', 'table_description': 'The menu in use for whom `id` names, such as reporter. LINE has it by `name`, which follows from its looks.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RichMenuLink',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=33)),
                ('rich_menu_id', fields.CharField(default='', max_length=64)),
                ('refused', fields.CharField(default='', max_length=64)),
            ],
            options={'table': 'rich_menu_link', 'app': 'models', 'indexes': [Index(fields=['rich_menu_id'])], 'pk_attr': 'id', 'table_description': "What LINE shows in the chat of this id: empty for everybody's. `refused` is a menu that LINE would not link."},
            bases=['Model'],
        ),
    ]
