import { App, Button, Drawer, Grid } from 'antd';
import { useState } from 'react';

import type { Site } from '../../../contracts/sites.ts';
import { useSession } from '../../lib/services.tsx';
import { EditHomeButton } from './edit-home.tsx';
import { SiteForm } from './site-form.tsx';
import { SiteStatePanel } from './site-state.tsx';

interface Props {
  readonly sites: readonly Site[];
  /** `new` for one that is to be added; absent when the drawer is closed. */
  readonly chosen: string | undefined;
  readonly onChoose: (chosen: string | undefined) => void;
  readonly onColumns: (siteId: string) => void;
  readonly onHome: (resourceId: string) => void;
}

/** One site beside the list: where it stands, and everything that its operator may change. */
export function SiteDrawer({ sites, chosen, onChoose, onColumns, onHome }: Props) {
  const { roles } = useSession();
  const { modal } = App.useApp();
  const isWide = Grid.useBreakpoint().md === true;
  const [dirty, setDirty] = useState(false);
  const site = sites.find(({ id }) => id === chosen);
  const isOperator = roles.includes('operator');
  const isOpen = site !== undefined || (chosen === 'new' && isOperator);
  const leaveFor = (go: () => void): void => {
    const leave = (): void => {
      setDirty(false);
      go();
    };
    if (!dirty) {
      leave();
      return;
    }
    void modal.confirm({
      title: '有修改还没有保存',
      content: '离开后，刚才填写的内容不会保留。',
      okText: '不保存，离开',
      cancelText: '继续填写',
      onOk: leave,
    });
  };
  return (
    <Drawer
      open={isOpen}
      size={isWide ? 760 : '100%'}
      title={site?.name ?? '新增站点'}
      rootClassName="site-drawer"
      mask={{ closable: false }}
      destroyOnHidden
      onClose={() => {
        leaveFor(() => {
          onChoose(undefined);
        });
      }}
      extra={
        site === undefined ? null : (
          <div className="row">
            <EditHomeButton
              site={site}
              onOpen={(id) => {
                leaveFor(() => {
                  onHome(id);
                });
              }}
            />
            <Button
              onClick={() => {
                leaveFor(() => {
                  onColumns(site.id);
                });
              }}
            >
              管理栏目
            </Button>
          </div>
        )
      }
    >
      {isOpen ? (
        <SiteEditor
          key={chosen}
          site={site}
          portalMissing={!sites.some(({ isPortal }) => isPortal)}
          readOnly={!isOperator}
          onDirty={() => {
            setDirty(true);
          }}
          onSaved={(saved) => {
            setDirty(false);
            onChoose(saved.id);
          }}
        />
      ) : null}
    </Drawer>
  );
}

interface EditorProps {
  /** As the list has it now; it may be newer than what the form was opened with. */
  readonly site: Site | undefined;
  readonly portalMissing: boolean;
  readonly readOnly: boolean;
  readonly onDirty: () => void;
  readonly onSaved: (site: Site) => void;
}

function SiteEditor({ site, portalMissing, readOnly, onDirty, onSaved }: EditorProps) {
  // What is typed must outlive a list that is asked for again; only one's own acts move the form's version on.
  const [opened, setOpened] = useState(site);
  const [round, setRound] = useState(0);
  const begin = (current: Site | undefined): void => {
    setOpened(current);
    setRound(round + 1);
  };
  return (
    <>
      {site === undefined ? (
        <p className="hint">新站点从筹备开始：先建栏目、备内容、办登记，通过安全检测后上线。</p>
      ) : (
        <SiteStatePanel
          site={site}
          onChanged={(changed) => {
            // What somebody else changed since the form was opened must still be told when it is saved.
            if (opened?.version === site.version) setOpened(changed);
          }}
        />
      )}
      <SiteForm
        key={round}
        site={opened}
        portalMissing={portalMissing}
        readOnly={readOnly}
        onDirty={onDirty}
        onSaved={(saved) => {
          begin(saved);
          onSaved(saved);
        }}
        onReload={() => {
          begin(site);
        }}
      />
    </>
  );
}
