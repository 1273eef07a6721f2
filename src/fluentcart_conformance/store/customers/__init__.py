"""Customers, their addresses and the WordPress users behind them."""
