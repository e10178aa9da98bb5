"""Messages to browsers by Web Push (RFC 8030, 8291, 8292): sealed for one browser, signed by the site, posted to allowed hosts only."""
