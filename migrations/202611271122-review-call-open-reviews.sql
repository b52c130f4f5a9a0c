-- Why: steps that run already get their times from the clock. They are counted from then on: nobody is late because of
-- an upgrade.
update review.review set call_at = step_since where state = 'open' and chain -> step ? 'limit';
