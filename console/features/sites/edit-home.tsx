import { LayoutOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import { libraryApi, type Resource } from '../../../contracts/library.ts';
import type { Site } from '../../../contracts/sites.ts';
import type { Client } from '../../lib/client.ts';
import { firstHome } from '../../lib/first-home.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDeed } from '../../ui/use-act.ts';

interface Props {
  readonly site: Site;
  /** Opens the editor of the home page. */
  readonly onOpen: (resourceId: string) => void;
}

/** For the editors of the unit whose site it is: on with the home page that is there or under way, or a first one. */
export function EditHomeButton({ site, onOpen }: Props) {
  const client = useClient();
  const { roles, unitId } = useSession();
  const open = useDeed<{ readonly id: string }>({
    act: async () => {
      const known = await homeUnderWay(client, site);
      if (known !== undefined) return { id: known };
      const content = await firstHome(client, site);
      return client.call(libraryApi.createResource, { body: { unitId: site.unitId, type: 'home', content } });
    },
    onDone: ({ id }) => {
      onOpen(id);
    },
  });
  if (!roles.includes('editor') || unitId !== site.unitId) return null;
  return (
    <Button
      icon={<Icon of={LayoutOutlined} />}
      loading={open.isPending}
      onClick={() => {
        open.mutate();
      }}
    >
      编辑首页
    </Button>
  );
}

/** A unit has a handful of home pages, most of them taken off. */
async function homeUnderWay(client: Client, site: Site): Promise<string | undefined> {
  if (site.homeResourceId !== null) return site.homeResourceId;
  const { items } = await client.call(libraryApi.listResources, {
    query: { type: 'home', unitId: site.unitId, limit: 20 },
  });
  const unfinished = items.filter(({ stage }) => stage !== 'withdrawn' && stage !== 'expired');
  const homes: Resource[] = await Promise.all(
    unfinished.map(({ id }) => client.call(libraryApi.getResource, { params: { id } })),
  );
  return homes.find((home) => home.head.content.siteId === site.id)?.id;
}
