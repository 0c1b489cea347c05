"""What every training method uses: policy, trainer, checkpoints, statistics, charts."""
