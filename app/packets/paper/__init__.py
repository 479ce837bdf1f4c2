"""What packets are printed with: pages, type, flow, strip, form fields."""
