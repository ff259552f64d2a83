"""Pages and forms about joint approvals: asking, answering with reasons, enacting."""
