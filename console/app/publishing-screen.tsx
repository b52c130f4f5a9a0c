export { PublishingPage as PublishingScreen } from '../features/publishing/publishing-page.tsx';
