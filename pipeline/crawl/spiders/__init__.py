"""The spiders that come with seedsift."""
