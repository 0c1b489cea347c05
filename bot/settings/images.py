"""[images]: where the files of pictures are kept."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from bot.settings.section import Section

_S3 = ("s3", "s3a")


class ImagesSettings(Section):
    """[images]: where the files of pictures are kept. Credentials come from the environment only."""

    url: str = Field(
        default="",
        description='shared storage, as "s3://bucket/prefix"; empty keeps them in [store] data_dir',
    )
    endpoint: str = Field(
        default="", description="address of an S3 server that is not Amazon's, as of MinIO or Ceph"
    )

    @field_validator("url")
    @classmethod
    def _names_a_place(cls, url: str) -> str:
        found = urlsplit(url)
        if url and not (found.scheme and (found.netloc or found.path.strip("/"))):
            raise ValueError('empty, or an address of fsspec, as in "s3://bucket/prefix"')
        if found.password is not None:
            raise ValueError("an address without a password: those are read from the environment")
        return url

    @field_validator("endpoint")
    @classmethod
    def _is_an_address(cls, endpoint: str) -> str:
        found = urlsplit(endpoint)
        if endpoint and (found.scheme not in {"http", "https"} or not found.hostname or found.username):
            raise ValueError('empty, or an address as in "https://minio.example:9000", without credentials')
        return endpoint

    @model_validator(mode="after")
    def _endpoint_is_of_s3(self) -> "ImagesSettings":
        if self.endpoint and urlsplit(self.url).scheme not in _S3:
            raise ValueError("an endpoint only beside an url that begins with s3://")
        return self
