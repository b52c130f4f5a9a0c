import { getRouteApi } from '@tanstack/react-router';

import { ApprovalSheetPage } from '../features/review/approval-sheet-page.tsx';

const route = getRouteApi('/reviews/$id/sheet');

export function ApprovalSheetScreen() {
  const { id } = route.useParams();
  return <ApprovalSheetPage key={id} id={id} />;
}
