from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "readerai.accounts"
    label = "accounts"
    verbose_name = "People"
