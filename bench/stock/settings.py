"""Settings of the stock project; everything else is as Django has it."""

import environ

env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.stock.urls"
ASGI_APPLICATION = "bench.stock.asgi.application"
INSTALLED_APPS = ["channels", "bench.stock.apps.StockConfig"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
DATABASES = {
    "default": dict(environ.Env.db_url_config(env.str("STOCK_DATABASE_URL")))
    # As Django's documentation says for ASGI, where each request has a thread of its own.
    | {"OPTIONS": {"pool": {"min_size": 4, "max_size": 16}}}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [env.str("REDIS_URL")], "prefix": "stock"},
    }
}
USE_TZ = True
