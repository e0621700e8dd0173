"""Pages: the only room that speaks HTML over HTTP. A view finds, asks, tells and renders; it decides nothing."""
