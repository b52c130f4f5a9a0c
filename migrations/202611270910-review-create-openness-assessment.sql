-- 公开属性认定 and 保密审查 as a form (Regulation on Open Government Information, articles 14 to 18), in place of two ticks.

-- Why something is not open to all, with the text of the article. Dated: a reason that ended stays readable.
create table review.openness_reason (
  key text primary key check (key ~ '^[a-z0-9-]{1,40}$'),
  position integer not null unique,
  article text not null,
  name text not null,
  statute text not null,
  -- What may be opened when somebody asks for it, and what never is.
  open_modes text[] not null check (open_modes <@ array['依申请公开', '不予公开'] and cardinality(open_modes) > 0),
  valid_from date not null,
  valid_to date check (valid_to > valid_from)
);

insert into review.openness_reason (key, position, article, name, statute, open_modes, valid_from) values
  ('state-secret', 10, '第十四条', '国家秘密', '依法确定为国家秘密的政府信息，不予公开。', '{不予公开}', '2019-05-15'),
  ('forbidden-by-law', 20, '第十四条', '法律、行政法规禁止公开', '法律、行政法规禁止公开的政府信息，不予公开。', '{不予公开}', '2019-05-15'),
  ('security-and-stability', 30, '第十四条', '三安全一稳定', '公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息，不予公开。', '{不予公开}', '2019-05-15'),
  ('trade-secret', 40, '第十五条', '商业秘密', '涉及商业秘密等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。但是，第三方同意公开或者行政机关认为不公开会对公共利益造成重大影响的，予以公开。', '{不予公开,依申请公开}', '2019-05-15'),
  ('privacy', 50, '第十五条', '个人隐私', '涉及个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。但是，第三方同意公开或者行政机关认为不公开会对公共利益造成重大影响的，予以公开。', '{不予公开,依申请公开}', '2019-05-15'),
  ('internal-affairs', 60, '第十六条', '内部事务信息', '行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开。', '{不予公开,依申请公开}', '2019-05-15'),
  ('process-information', 70, '第十六条', '过程性信息', '行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息，可以不予公开。法律、法规、规章规定上述信息应当公开的，从其规定。', '{不予公开,依申请公开}', '2019-05-15'),
  ('enforcement-file', 80, '第十六条', '行政执法案卷信息', '行政执法案卷信息，可以不予公开。法律、法规、规章规定上述信息应当公开的，从其规定。', '{不予公开,依申请公开}', '2019-05-15'),
  ('on-request', 90, '第二十七条', '不属主动公开范围', '除行政机关主动公开的政府信息外，公民、法人或者其他组织可以向行政机关申请获取相关政府信息。', '{依申请公开}', '2019-05-15');

-- What is looked for before something goes out. Dated: an assessment is read with the items of its day.
create table review.secrecy_item (
  key text primary key check (key ~ '^[a-z0-9-]{1,40}$'),
  position integer not null unique,
  name text not null,
  question text not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from)
);

insert into review.secrecy_item (key, position, name, question, valid_from) values
  ('secret-mark', 10, '涉密标志', '正文、附件、图片中有“绝密、机密、秘密”等涉密标志，或者引用了涉密文件？', '2019-05-15'),
  ('state-secret', 20, '国家秘密', '含有国家秘密事项，或者汇集后可能涉密？', '2019-05-15'),
  ('work-secret', 30, '工作秘密', '含有工作秘密，或者标注“内部资料”“不得外传”的内容？', '2019-05-15'),
  ('trade-secret', 40, '商业秘密', '含有第三方的商业秘密？', '2019-05-15'),
  ('privacy', 50, '个人隐私', '含有身份证号、手机号、银行卡号、住址等个人信息？', '2019-05-15'),
  ('internal-affairs', 60, '内部事务', '含有人事、后勤、内部工作流程等内部事务信息？', '2019-05-15'),
  ('process-information', 70, '过程性信息', '含有讨论记录、过程稿、磋商信函、请示报告等过程性信息？', '2019-05-15'),
  ('security-and-stability', 80, '三安全一稳定', '公开后可能危及国家安全、公共安全、经济安全、社会稳定？', '2019-05-15');

-- How long until what is not disclosed is looked at again (article 18), and since when every accession needs an
-- assessment: what was signed before had two ticks.
create table review.disclosure_rule (
  is_only boolean primary key default true check (is_only),
  reassess_months integer not null default 12 check (reassess_months between 1 and 60),
  assessed_since timestamptz not null
);
insert into review.disclosure_rule (assessed_since) values (now());

-- One for each decision that approves, and for one that ends in non-disclosure: what was found of exactly this revision.
create table review.openness_assessment (
  id bigint generated always as identity primary key,
  review_id bigint not null references review.review,
  revision_id bigint not null,
  revision_digest bytea not null check (length(revision_digest) = 32),
  step_name text not null,
  open_mode text not null check (open_mode in ('主动公开', '依申请公开', '不予公开')),
  reason_key text references review.openness_reason,
  reason_note text,
  -- {"privacy": {"answer": "treated", "remark": "身份证号已隐去"}, …}: no, yes, or treated.
  answers jsonb not null,
  assessed_by bigint not null,
  assessed_by_name text not null,
  assessed_at timestamptz not null,
  check ((open_mode = '主动公开') = (reason_key is null))
);
create index openness_assessment_review on review.openness_assessment (review_id, id);
create index openness_assessment_revision on review.openness_assessment (revision_id, id desc);

-- The form is complete or there is none: every item of the day has its answer, and what was found its remark.
create function review.require_complete_assessment() returns trigger language plpgsql as $$
declare
  lacking text;
begin
  select string_agg(item.key, ', ' order by item.position) into lacking
  from review.secrecy_item item
  where item.valid_from <= (new.assessed_at at time zone 'Asia/Shanghai')::date
    and (item.valid_to is null or item.valid_to > (new.assessed_at at time zone 'Asia/Shanghai')::date)
    and not coalesce(
      case new.answers -> item.key ->> 'answer'
        when 'no' then true
        when 'treated' then length(trim(new.answers -> item.key ->> 'remark')) >= 2
        when 'yes' then new.open_mode <> '主动公开' and length(trim(new.answers -> item.key ->> 'remark')) >= 2
      end, false);
  if lacking is not null then
    raise exception 'the assessment is not complete: %', lacking using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger complete before insert on review.openness_assessment
  for each row execute function review.require_complete_assessment();
create trigger immutable before update or delete on review.openness_assessment
  for each row execute function review.refuse_change();

-- 先认定、后入库: nothing is accessioned whose very revision was not found open to all. At the commit, so that a
-- package may bring its rows in any order.
create function review.require_assessed_accession() returns trigger language plpgsql as $$
declare
  wanted bytea;
  latest record;
begin
  select digest into wanted from library.revision where id = new.signed_revision_id;
  select open_mode, revision_digest into latest from review.openness_assessment
  where revision_id = new.signed_revision_id order by id desc limit 1;
  if latest.open_mode = '主动公开' and latest.revision_digest = wanted then
    return null;
  end if;
  if exists (
    select from review.review, review.disclosure_rule
    where resource_id = new.id and revision_id = new.signed_revision_id and state = 'signed' and ended_at < assessed_since
  ) then
    return null;
  end if;
  raise exception 'revision % is not assessed as open to all', new.signed_revision_id using errcode = 'check_violation';
end $$;
create constraint trigger assessed after update of signed_revision_id on library.resource
  deferrable initially deferred for each row
  when (new.signed_revision_id is not null and new.signed_revision_id is distinct from old.signed_revision_id)
  execute function review.require_assessed_accession();
