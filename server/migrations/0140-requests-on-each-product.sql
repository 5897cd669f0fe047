-- A permission that is held on each product apart may be asked for on two at once: the product belongs to what may wait once.
drop index access_requests_pending;
create unique index access_requests_pending on access_requests (institution_id, person_id, kind, product_id, permission) nulls not distinct where state = 'pending';
