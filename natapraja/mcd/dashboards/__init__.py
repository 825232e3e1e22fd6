"""What people see: dashboards by area, the RT notebook, the village desk, one page for the Bupati."""
