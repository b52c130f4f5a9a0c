export { countWords, type WordCounting } from './count-words.ts';
export { describingRoutes } from './describing.routes.ts';
