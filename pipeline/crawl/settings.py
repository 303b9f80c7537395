"""The settings of seedsift's own Scrapy project, named in ``scrapy.cfg``; the add-on does what any project needs."""

BOT_NAME = "seedsift"
SPIDER_MODULES = ["pipeline.crawl.spiders"]
COMMANDS_MODULE = "pipeline.crawl.commands"
ADDONS = {"pipeline.crawl.addon.ChainAddon": 500}

LOG_LEVEL = "WARNING"  # what came out is told at the end; -L INFO shows Scrapy at work
# The others are of no use to a crawl of files, and Scrapy imports even what is switched off: a quarter of a second.
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
