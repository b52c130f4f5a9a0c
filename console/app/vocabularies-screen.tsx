import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { VocabularyPage } from '../features/vocabulary/vocabulary-page.tsx';

const route = getRouteApi('/vocabularies');

export function VocabulariesScreen() {
  const address = route.useSearch();
  const navigate = useNavigate();
  return (
    <VocabularyPage
      address={address}
      onChange={(search) => void navigate({ to: '/vocabularies', search, replace: true })}
    />
  );
}
