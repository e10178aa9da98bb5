"""The JSON door: OpenAPI 3.1 under /api/v1/. Each module has a router for one room; `urls` puts them together."""
