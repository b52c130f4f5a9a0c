import { getRouteApi } from '@tanstack/react-router';

import { JointReleasePage } from '../features/sites/joint-release-page.tsx';

const route = getRouteApi('/releases/$id');

export function JointReleaseScreen() {
  const { id } = route.useParams();
  return <JointReleasePage key={id} id={id} />;
}
