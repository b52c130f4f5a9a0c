import { Checkbox, Form, Input, Select } from 'antd';

import { colourPattern, contrastWithWhite, enoughContrast } from '../../../contracts/colour.ts';
import { homeLayoutNames, navigationStyleNames, type Site, sitePatterns } from '../../../contracts/sites.ts';
import { UnitField } from '../../ui/unit-field.tsx';
import { ColourField } from './colour-field.tsx';
import { DomainFields } from './domain-fields.tsx';
import { SitePicture } from './site-picture.tsx';

const required = { required: true, whitespace: true, message: '请填写' };
const fact = [required];
const patternOf = (pattern: string, message: string) => ({ pattern: new RegExp(pattern), message });

const readable = (_: unknown, colour = ''): Promise<void> =>
  colour === '' || (new RegExp(colourPattern).test(colour) && contrastWithWhite(colour) >= enoughContrast)
    ? Promise.resolve()
    : Promise.reject(new Error(`颜色太浅，白底上的文字会看不清，与白色的对比应不低于 ${enoughContrast} : 1`));

/** What is decided once, when a site is opened. */
export function OpeningFields({ portalMissing }: { readonly portalMissing: boolean }) {
  return (
    <>
      <div className="columns-2">
        <UnitField
          label="责任单位"
          extra="对网站内容负责的单位；本单位的人员管理它的栏目和信息，以后不能更改。"
        />
        <Form.Item
          name="key"
          label="代号"
          extra="平台内部区分站点用，一般是单位简称的拼音首字母；以后不能更改。"
          rules={[
            { required: true, message: '请填写' },
            patternOf(sitePatterns.key, '以小写字母开头，只用小写字母、数字和连字符'),
          ]}
        >
          <Input maxLength={31} spellCheck={false} autoCapitalize="off" placeholder="jyj" />
        </Form.Item>
      </div>
      {portalMissing ? (
        <Form.Item
          name="isPortal"
          valuePropName="checked"
          extra="全区只有一个门户，其他网站的页眉都链接到它。"
        >
          <Checkbox>这是门户网站</Checkbox>
        </Form.Item>
      ) : null}
    </>
  );
}

export function NameFields() {
  return (
    <>
      <h2>名称和主办单位</h2>
      <div className="columns-2">
        <Form.Item
          name="name"
          label="网站名称"
          extra="门户用“本级政府名称”，部门网站用“本部门名称”，与公章、批文一致；显示在页眉和网页标签。"
          rules={fact}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="shortName"
          label="简称"
          extra="用在其他网站的“相关网站”和信息来源里，几个字就好。"
          rules={fact}
        >
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item
          name="organiser"
          label="主办单位"
          extra="页脚必须列明；对网站的内容、安全和管理负责。"
          rules={fact}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="contact"
          label="联系方式"
          extra="页脚必须列明；公众打得通的电话，最好写明工作时间。"
          rules={fact}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="address" label="地址" extra="主办单位的办公地址，显示在页脚。" rules={fact}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item
        name="description"
        label="网站说明"
        extra="一两句话，进入网页标签，搜索引擎会显示它。"
        rules={fact}
      >
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </>
  );
}

export function RegistrationFields({ site }: { readonly site: Site | undefined }) {
  // A site that citizens can open may not lose what its foot must show.
  const needed = site?.state === 'online' || site?.state === 'offline' ? [required] : [];
  return (
    <>
      <h2>域名和登记</h2>
      <DomainFields demonstration={site?.demonstration ?? false} />
      <div className="columns-2">
        <Form.Item
          name="identityCode"
          label="网站标识码"
          extra="10 位数字：前 6 位是行政区划代码，后 4 位是顺序号，由上级主管单位分配。页脚和网页标签必须标明。"
          rules={[...needed, patternOf(sitePatterns.identityCode, '应为 10 位数字')]}
        >
          <Input maxLength={10} inputMode="numeric" placeholder="上线前填写" />
        </Form.Item>
        <Form.Item
          name="icpNumber"
          label="ICP 备案号"
          extra="在工业和信息化部备案后取得，页脚必须标明。"
          rules={[...needed, patternOf(sitePatterns.icpNumber, '形如：赣ICP备12345678号-1')]}
        >
          <Input maxLength={30} placeholder="上线前填写" />
        </Form.Item>
        <Form.Item
          name="policeNumber"
          label="公安备案号"
          extra="网站开通后向公安机关备案取得，页脚必须标明。"
          rules={[...needed, patternOf(sitePatterns.policeNumber, '形如：赣公网安备 36040302000001号')]}
        >
          <Input maxLength={30} placeholder="上线前填写" />
        </Form.Item>
      </div>
    </>
  );
}

const choicesOf = <T extends string>(names: Readonly<Record<T, string>>) =>
  Object.entries<string>(names).map(([value, label]) => ({ value, label }));

/** Everything a site may choose of its looks. Whatever is chosen, required items stay and text stays readable. */
export function LooksFields({ site }: { readonly site: Site | undefined }) {
  return (
    <>
      <h2>外观</h2>
      <p className="hint">无论怎样选择，网站名称、搜索和页脚的必备项都在，文字都看得清。</p>
      <div className="columns-2">
        <Form.Item
          name="primary"
          label="主色"
          extra="链接、按钮和页眉的颜色。无障碍规范要求与白色的对比不低于 4.5 : 1。"
          rules={[{ required: true, message: '请选择主色' }, { validator: readable }]}
        >
          <ColourField />
        </Form.Item>
        <Form.Item
          name="accent"
          label="辅色（可不填）"
          extra="少量点缀用，不填时与主色相同。"
          rules={[{ validator: readable }]}
        >
          <ColourField />
        </Form.Item>
        <Form.Item name="layout" label="首页版式" extra="同样的内容，不同的排法。">
          <Select options={choicesOf(homeLayoutNames)} />
        </Form.Item>
        <Form.Item name="navigation" label="主导航样式" extra="导航栏的底色。">
          <Select options={choicesOf(navigationStyleNames)} />
        </Form.Item>
        {site === undefined ? null : <PictureFields unitId={site.unitId} />}
      </div>
    </>
  );
}

function PictureFields({ unitId }: { readonly unitId: string }) {
  return (
    <>
      <Form.Item
        name="logoAssetId"
        label="标志（可不填）"
        extra="显示在网站名称左边，不填时用简称的第一个字。名称总是用文字显示。"
      >
        <SitePicture unitId={unitId} what="标志" />
      </Form.Item>
      <Form.Item
        name="bannerAssetId"
        label="首页横幅（可不填）"
        extra="首页导航下面的装饰图，建议 1920 × 400 像素。图上不要有文字，读屏软件读不到。"
      >
        <SitePicture unitId={unitId} what="横幅" />
      </Form.Item>
    </>
  );
}
