-- Tables of the embedded store. Money is integer cents, moments are UTC 'YYYY-MM-DD HH:MM:SS',
-- members that hold objects or lists are JSON text.

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE wp_users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_login TEXT NOT NULL UNIQUE COLLATE NOCASE,
  user_email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT NOT NULL,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT 'subscriber',
  registered_at TEXT NOT NULL
);

CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER UNIQUE,
  contact_id INTEGER NOT NULL DEFAULT 0,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'active',
  notes TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  uuid TEXT NOT NULL UNIQUE,
  additional_info TEXT NOT NULL DEFAULT '{}',
  order_count INTEGER NOT NULL DEFAULT 0,
  total_spent INTEGER NOT NULL DEFAULT 0,
  first_order_at TEXT,
  last_order_at TEXT,
  purchase_count INTEGER NOT NULL DEFAULT 0,
  first_purchase_at TEXT,
  last_purchase_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX customers_status ON customers(status);
CREATE INDEX customers_created ON customers(created_at);

CREATE TABLE customer_addresses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id) ON DELETE CASCADE,
  is_primary INTEGER NOT NULL DEFAULT 0,
  type TEXT NOT NULL DEFAULT 'billing',
  status TEXT NOT NULL DEFAULT 'active',
  label TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  company_name TEXT NOT NULL DEFAULT '',
  address_1 TEXT NOT NULL DEFAULT '',
  address_2 TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  meta TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX customer_addresses_owner ON customer_addresses(customer_id, type);
CREATE UNIQUE INDEX one_primary_per_type ON customer_addresses(customer_id, type)
  WHERE is_primary = 1;

CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  post_title TEXT NOT NULL,
  post_status TEXT NOT NULL DEFAULT 'publish',
  fulfillment_type TEXT NOT NULL DEFAULT 'digital',
  variation_type TEXT NOT NULL DEFAULT 'simple',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE product_variations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  post_id INTEGER NOT NULL REFERENCES products(id) ON DELETE CASCADE,
  media_id INTEGER,
  serial_index INTEGER NOT NULL DEFAULT 1,
  sold_individually INTEGER NOT NULL DEFAULT 0,
  variation_title TEXT NOT NULL,
  variation_identifier TEXT,
  sku TEXT,
  manage_stock INTEGER NOT NULL DEFAULT 0,
  payment_type TEXT NOT NULL DEFAULT 'onetime',
  stock_status TEXT NOT NULL DEFAULT 'in-stock',
  backorders INTEGER NOT NULL DEFAULT 0,
  total_stock INTEGER NOT NULL DEFAULT 0,
  on_hold INTEGER NOT NULL DEFAULT 0,
  committed INTEGER NOT NULL DEFAULT 0,
  available INTEGER NOT NULL DEFAULT 0,
  fulfillment_type TEXT NOT NULL DEFAULT 'digital',
  item_status TEXT NOT NULL DEFAULT 'active',
  manage_cost TEXT NOT NULL DEFAULT 'false',
  item_price INTEGER NOT NULL DEFAULT 0,
  item_cost INTEGER NOT NULL DEFAULT 0,
  compare_price INTEGER NOT NULL DEFAULT 0,
  shipping_class TEXT,
  other_info TEXT NOT NULL DEFAULT '{}',
  downloadable TEXT NOT NULL DEFAULT 'false',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX product_variations_post ON product_variations(post_id);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  parent_id INTEGER,
  status TEXT NOT NULL,
  receipt_number INTEGER,
  invoice_no TEXT NOT NULL DEFAULT '',
  fulfillment_type TEXT NOT NULL DEFAULT 'digital',
  type TEXT NOT NULL DEFAULT 'payment',
  mode TEXT NOT NULL DEFAULT 'test',
  shipping_status TEXT NOT NULL DEFAULT '',
  customer_id INTEGER NOT NULL,
  payment_method TEXT NOT NULL DEFAULT 'offline_payment',
  payment_method_title TEXT NOT NULL DEFAULT '',
  payment_status TEXT NOT NULL DEFAULT 'pending',
  currency TEXT NOT NULL DEFAULT 'USD',
  subtotal INTEGER NOT NULL DEFAULT 0,
  discount_tax INTEGER NOT NULL DEFAULT 0,
  manual_discount_total INTEGER NOT NULL DEFAULT 0,
  coupon_discount_total INTEGER NOT NULL DEFAULT 0,
  shipping_tax INTEGER NOT NULL DEFAULT 0,
  shipping_total INTEGER NOT NULL DEFAULT 0,
  fee_total INTEGER NOT NULL DEFAULT 0,
  tax_total INTEGER NOT NULL DEFAULT 0,
  total_amount INTEGER NOT NULL DEFAULT 0,
  total_paid INTEGER NOT NULL DEFAULT 0,
  total_refund INTEGER NOT NULL DEFAULT 0,
  rate TEXT NOT NULL DEFAULT '1',
  tax_behavior INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  ip_address TEXT NOT NULL DEFAULT '',
  completed_at TEXT,
  refunded_at TEXT,
  config TEXT NOT NULL DEFAULT '{}',
  discount_meta TEXT NOT NULL DEFAULT '{}',
  shipping_meta TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX orders_customer ON orders(customer_id);
CREATE INDEX orders_status ON orders(status);
CREATE INDEX orders_payment_status ON orders(payment_status);
CREATE INDEX orders_parent ON orders(parent_id);
CREATE INDEX orders_invoice ON orders(invoice_no);

CREATE TABLE order_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
  post_id INTEGER NOT NULL DEFAULT 0,
  object_id INTEGER NOT NULL DEFAULT 0,
  fulfillment_type TEXT NOT NULL DEFAULT 'digital',
  payment_type TEXT NOT NULL DEFAULT 'onetime',
  post_title TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  cart_index INTEGER NOT NULL DEFAULT 0,
  quantity INTEGER NOT NULL DEFAULT 1,
  fulfilled_quantity INTEGER NOT NULL DEFAULT 0,
  unit_price INTEGER NOT NULL DEFAULT 0,
  cost INTEGER NOT NULL DEFAULT 0,
  subtotal INTEGER NOT NULL DEFAULT 0,
  tax_amount INTEGER NOT NULL DEFAULT 0,
  shipping_charge INTEGER NOT NULL DEFAULT 0,
  discount_total INTEGER NOT NULL DEFAULT 0,
  line_total INTEGER NOT NULL DEFAULT 0,
  refund_total INTEGER NOT NULL DEFAULT 0,
  rate TEXT NOT NULL DEFAULT '1',
  other_info TEXT NOT NULL DEFAULT '{}',
  line_meta TEXT NOT NULL DEFAULT '{}',
  referrer TEXT,
  is_custom INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX order_items_order ON order_items(order_id);

CREATE TABLE order_transactions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
  order_type TEXT NOT NULL DEFAULT 'payment',
  transaction_type TEXT NOT NULL DEFAULT 'charge',
  subscription_id INTEGER,
  card_last_4 TEXT,
  card_brand TEXT,
  vendor_charge_id TEXT NOT NULL DEFAULT '',
  payment_method TEXT NOT NULL DEFAULT 'offline_payment',
  payment_mode TEXT NOT NULL DEFAULT 'test',
  payment_method_type TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'pending',
  currency TEXT NOT NULL DEFAULT 'USD',
  total INTEGER NOT NULL DEFAULT 0,
  rate TEXT NOT NULL DEFAULT '1',
  uuid TEXT NOT NULL,
  meta TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX order_transactions_order ON order_transactions(order_id);

CREATE TABLE order_addresses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
  type TEXT NOT NULL DEFAULT 'billing',
  label TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  company_name TEXT NOT NULL DEFAULT '',
  address_1 TEXT NOT NULL DEFAULT '',
  address_2 TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  meta TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX order_addresses_order ON order_addresses(order_id, type);

CREATE TABLE order_operations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL UNIQUE REFERENCES orders(id) ON DELETE CASCADE,
  created_via TEXT NOT NULL DEFAULT 'admin',
  emails_sent INTEGER NOT NULL DEFAULT 0,
  sales_recorded INTEGER NOT NULL DEFAULT 0,
  utm_campaign TEXT NOT NULL DEFAULT '',
  utm_term TEXT NOT NULL DEFAULT '',
  utm_source TEXT NOT NULL DEFAULT '',
  utm_medium TEXT NOT NULL DEFAULT '',
  utm_content TEXT NOT NULL DEFAULT '',
  utm_id TEXT NOT NULL DEFAULT '',
  cart_hash TEXT NOT NULL DEFAULT '',
  refer_url TEXT NOT NULL DEFAULT '',
  meta TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  parent_order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'active',
  payment_method TEXT NOT NULL DEFAULT 'offline_payment',
  vendor_subscription_id TEXT NOT NULL DEFAULT '',
  billing_interval TEXT NOT NULL DEFAULT 'monthly',
  bill_times INTEGER NOT NULL DEFAULT 0,
  recurring_amount INTEGER NOT NULL DEFAULT 0,
  trial_days INTEGER NOT NULL DEFAULT 0,
  initial_amount INTEGER NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT 'USD',
  uuid TEXT NOT NULL,
  next_billing_date TEXT,
  expiry_date TEXT,
  activated_at TEXT,
  canceled_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX subscriptions_order ON subscriptions(parent_order_id);

CREATE TABLE activities (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  status TEXT NOT NULL DEFAULT 'info',
  log_type TEXT NOT NULL DEFAULT 'activity',
  module_type TEXT NOT NULL DEFAULT 'order',
  module_id INTEGER NOT NULL,
  module_name TEXT NOT NULL DEFAULT 'Order',
  user_id INTEGER,
  title TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  read_status TEXT NOT NULL DEFAULT 'unread',
  created_by TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX activities_module ON activities(module_name, module_id);

CREATE TABLE labels (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  value TEXT NOT NULL UNIQUE,
  color TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

-- labelable_type is 'Order' or 'Customer'.
CREATE TABLE label_relations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label_id INTEGER NOT NULL REFERENCES labels(id) ON DELETE CASCADE,
  labelable_id INTEGER NOT NULL,
  labelable_type TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX label_relations_owner ON label_relations(labelable_type, labelable_id, label_id);

CREATE TABLE coupons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE COLLATE NOCASE,
  type TEXT NOT NULL DEFAULT 'percentage',
  amount INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'active',
  stackable INTEGER NOT NULL DEFAULT 1,
  priority INTEGER NOT NULL DEFAULT 1,
  max_uses INTEGER,
  use_count INTEGER NOT NULL DEFAULT 0,
  max_per_customer INTEGER,
  min_purchase_amount INTEGER NOT NULL DEFAULT 0,
  max_discount_amount INTEGER,
  notes TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE applied_coupons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
  coupon_id INTEGER NOT NULL,
  customer_id INTEGER,
  code TEXT NOT NULL,
  amount INTEGER NOT NULL DEFAULT 0,
  discounted_amount INTEGER NOT NULL DEFAULT 0,
  discount INTEGER NOT NULL DEFAULT 0,
  stackable INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  max_uses INTEGER,
  use_count INTEGER NOT NULL DEFAULT 0,
  max_per_customer INTEGER,
  min_purchase_amount INTEGER NOT NULL DEFAULT 0,
  max_discount_amount INTEGER,
  notes TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX applied_coupons_order ON applied_coupons(order_id);

-- region is a country code, or 'all' for the rest of the world.
CREATE TABLE shipping_zones (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  region TEXT NOT NULL,
  sort_order INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE shipping_methods (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  zone_id INTEGER NOT NULL REFERENCES shipping_zones(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  type TEXT NOT NULL DEFAULT 'flat_rate',
  amount INTEGER NOT NULL DEFAULT 0,
  settings TEXT NOT NULL DEFAULT '{}',
  states TEXT NOT NULL DEFAULT '[]',
  meta TEXT NOT NULL DEFAULT '{}',
  is_enabled INTEGER NOT NULL DEFAULT 1,
  sort_order INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

-- A customer's figures follow from the orders, whoever changes them.
CREATE TRIGGER orders_inserted AFTER INSERT ON orders BEGIN
  INSERT INTO recount (customer_id) VALUES (NEW.customer_id);
END;
CREATE TRIGGER orders_deleted AFTER DELETE ON orders BEGIN
  INSERT INTO recount (customer_id) VALUES (OLD.customer_id);
END;
CREATE TRIGGER orders_updated
AFTER UPDATE OF customer_id, total_paid, total_refund, payment_status, created_at ON orders BEGIN
  INSERT INTO recount (customer_id) VALUES (OLD.customer_id);
  INSERT INTO recount (customer_id) SELECT NEW.customer_id
    WHERE NEW.customer_id IS NOT OLD.customer_id;
END;

-- Writing a customer's id into this view counts his orders anew.
CREATE VIEW recount AS SELECT id AS customer_id FROM customers;
CREATE TRIGGER recount_one INSTEAD OF INSERT ON recount BEGIN
  UPDATE customers SET
    (order_count, total_spent, first_order_at, last_order_at) =
      (SELECT count(*), coalesce(sum(total_paid - total_refund), 0), min(created_at),
              max(created_at) FROM orders WHERE customer_id = NEW.customer_id),
    (purchase_count, first_purchase_at, last_purchase_at) =
      (SELECT count(*), min(created_at), max(created_at) FROM orders
        WHERE customer_id = NEW.customer_id
          AND payment_status IN ('paid', 'partially_paid', 'partially_refunded', 'refunded'))
  WHERE id = NEW.customer_id;
END;
