import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Link,
} from '@tanstack/react-router';

import { parseSearch, stringifySearch } from '../lib/search-text.ts';
import { Page } from '../ui/page.tsx';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import {
  assetsSearch,
  auditSearch,
  catalogueSearch,
  columnsSearch,
  correctionsSearch,
  editorSearch,
  exportsSearch,
  findingsSearch,
  relocationSearch,
  likenessSearch,
  proposalsSearch,
  resourcesSearch,
  reusesSearch,
  reviewsSearch,
  sitesSearch,
  submissionsSearch,
  topicsSearch,
  typesSearch,
  opinionsSearch,
  undisclosedSearch,
  urgentReleasesSearch,
  vocabulariesSearch,
  unitsSearch,
  usefulnessSearch,
} from './search.ts';
import { Shell } from './shell.tsx';

function NotFound() {
  return (
    <Page title="没有这个页面">
      <EmptyState
        title="地址可能写错了，或者页面已经不在"
        action={
          <Link to="/" className="action-link">
            回到工作台
          </Link>
        }
      />
    </Page>
  );
}

function BrokenScreen({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onRetry={reset} />;
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const screens = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./workbench-screen.tsx'), 'WorkbenchScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/resources',
    validateSearch: resourcesSearch,
    component: lazyRouteComponent(() => import('./resources-screen.tsx'), 'ResourcesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/resources/$id',
    validateSearch: editorSearch,
    component: lazyRouteComponent(() => import('./editor-screen.tsx'), 'EditorScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/assets',
    validateSearch: assetsSearch,
    component: lazyRouteComponent(() => import('./assets-screen.tsx'), 'AssetsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/resources/alike',
    validateSearch: likenessSearch,
    component: lazyRouteComponent(() => import('./likenesses-screen.tsx'), 'LikenessesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/resources/proposals',
    validateSearch: proposalsSearch,
    component: lazyRouteComponent(() => import('./proposals-screen.tsx'), 'ProposalsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/resources/reuses',
    validateSearch: reusesSearch,
    component: lazyRouteComponent(() => import('./reuses-screen.tsx'), 'ReusesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/submissions',
    validateSearch: submissionsSearch,
    component: lazyRouteComponent(() => import('./submissions-screen.tsx'), 'SubmissionsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/releases',
    component: lazyRouteComponent(() => import('./joint-releases-screen.tsx'), 'JointReleasesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/releases/$id',
    component: lazyRouteComponent(() => import('./joint-release-screen.tsx'), 'JointReleaseScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/topics',
    validateSearch: topicsSearch,
    component: lazyRouteComponent(() => import('./topics-screen.tsx'), 'TopicsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reviews',
    validateSearch: reviewsSearch,
    component: lazyRouteComponent(() => import('./reviews-screen.tsx'), 'ReviewsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reviews/$id',
    component: lazyRouteComponent(() => import('./review-screen.tsx'), 'ReviewScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opinions',
    validateSearch: opinionsSearch,
    component: lazyRouteComponent(() => import('./opinions-screen.tsx'), 'OpinionsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/review-chains',
    component: lazyRouteComponent(() => import('./chains-screen.tsx'), 'ChainsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/delegations',
    component: lazyRouteComponent(() => import('./delegations-screen.tsx'), 'DelegationsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reviews/$id/sheet',
    component: lazyRouteComponent(() => import('./approval-sheet-screen.tsx'), 'ApprovalSheetScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/undisclosed',
    validateSearch: undisclosedSearch,
    component: lazyRouteComponent(() => import('./undisclosed-screen.tsx'), 'UndisclosedScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/urgent-releases',
    validateSearch: urgentReleasesSearch,
    component: lazyRouteComponent(() => import('./urgent-releases-screen.tsx'), 'UrgentReleasesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/urgent-rules',
    component: lazyRouteComponent(() => import('./urgent-rules-screen.tsx'), 'UrgentRulesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/imports',
    component: lazyRouteComponent(() => import('./imports-screen.tsx'), 'ImportsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/imports/$id',
    component: lazyRouteComponent(() => import('./import-screen.tsx'), 'ImportScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/corrections',
    validateSearch: correctionsSearch,
    component: lazyRouteComponent(() => import('./corrections-screen.tsx'), 'CorrectionsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/corrections/$id',
    component: lazyRouteComponent(() => import('./correction-screen.tsx'), 'CorrectionScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/usefulness',
    validateSearch: usefulnessSearch,
    component: lazyRouteComponent(() => import('./usefulness-screen.tsx'), 'UsefulnessScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/columns',
    validateSearch: columnsSearch,
    component: lazyRouteComponent(() => import('./columns-screen.tsx'), 'ColumnsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/catalogue',
    validateSearch: catalogueSearch,
    component: lazyRouteComponent(() => import('./catalogue-screen.tsx'), 'CatalogueScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/units',
    validateSearch: unitsSearch,
    component: lazyRouteComponent(() => import('./units-screen.tsx'), 'UnitsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reorganizations',
    component: lazyRouteComponent(() => import('./reorganizations-screen.tsx'), 'ReorganizationsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reorganizations/$id',
    component: lazyRouteComponent(() => import('./reorganization-screen.tsx'), 'ReorganizationScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sites',
    validateSearch: sitesSearch,
    component: lazyRouteComponent(() => import('./sites-screen.tsx'), 'SitesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/types',
    validateSearch: typesSearch,
    component: lazyRouteComponent(() => import('./types-screen.tsx'), 'TypesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/vocabularies',
    validateSearch: vocabulariesSearch,
    component: lazyRouteComponent(() => import('./vocabularies-screen.tsx'), 'VocabulariesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/rule-sets',
    component: lazyRouteComponent(() => import('./rule-sets-screen.tsx'), 'RuleSetsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/rule-sets/built-in',
    component: lazyRouteComponent(() => import('./check-rules-screen.tsx'), 'CheckRulesScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/rule-sets/hosts',
    component: lazyRouteComponent(() => import('./host-rulings-screen.tsx'), 'HostRulingsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/rule-sets/emblems',
    component: lazyRouteComponent(() => import('./emblems-screen.tsx'), 'EmblemsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/rule-sets/known-words',
    component: lazyRouteComponent(() => import('./known-words-screen.tsx'), 'KnownWordsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/findings',
    validateSearch: findingsSearch,
    component: lazyRouteComponent(() => import('./findings-screen.tsx'), 'FindingsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/publishing',
    component: lazyRouteComponent(() => import('./publishing-screen.tsx'), 'PublishingScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/exports',
    validateSearch: exportsSearch,
    component: lazyRouteComponent(() => import('./exports-screen.tsx'), 'ExportsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/relocations',
    component: lazyRouteComponent(() => import('./relocations-screen.tsx'), 'RelocationsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/relocations/$id',
    validateSearch: relocationSearch,
    component: lazyRouteComponent(() => import('./relocation-screen.tsx'), 'RelocationScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/exchange',
    component: lazyRouteComponent(() => import('./exchange-screen.tsx'), 'ExchangeScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/exchange/webhooks',
    component: lazyRouteComponent(() => import('./webhooks-screen.tsx'), 'WebhooksScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/exchange/webhooks/$id',
    component: lazyRouteComponent(() => import('./webhook-screen.tsx'), 'WebhookScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/subscriptions',
    component: lazyRouteComponent(() => import('./subscriptions-screen.tsx'), 'SubscriptionsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/account',
    component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
  }),
] as const;

export function createConsoleRouter() {
  return createRouter({
    routeTree: root.addChildren([...screens]),
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
    defaultErrorComponent: BrokenScreen,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
