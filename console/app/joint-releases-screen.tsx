import { JointReleasesPage } from '../features/sites/joint-releases-page.tsx';

export function JointReleasesScreen() {
  return <JointReleasesPage />;
}
