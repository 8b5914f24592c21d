"""What every widget of the package stands on: browser code that crosses once for a page, and its parts."""
