"""The Scrapy glue, and the only package that imports Scrapy."""
