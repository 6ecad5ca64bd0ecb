"""What comes in from gateways: replies and receipts, verified, understood once, acted on."""
