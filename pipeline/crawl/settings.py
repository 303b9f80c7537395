"""The settings of seedsift's own Scrapy project, named in ``scrapy.cfg``; the add-on does what any project needs."""

BOT_NAME = "seedsift"
SPIDER_MODULES = ["pipeline.crawl.spiders"]
COMMANDS_MODULE = "pipeline.crawl.commands"
ADDONS = {"pipeline.crawl.addon.ChainAddon": 500}

LOG_LEVEL = "WARNING"  # what came out is told at the end; -L INFO shows Scrapy at work
EXTENSIONS = {  # of no use to a crawl of files, and each costs time at the start
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
}
