/** Every job queue of the system. app.ts connects events to them and gives each its handler. */
export const queueNames = ['publishing.apply-event', 'search.apply-event', 'review.record-release'] as const;
export type QueueName = (typeof queueNames)[number];
