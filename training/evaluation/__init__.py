"""Methods side by side: evaluation, ablation, report pages."""
