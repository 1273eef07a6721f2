"""Generated requests, walks along links and a model of the shop; what they find is a breach."""
