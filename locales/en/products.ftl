# The list of products.
products-title = Products
products-name = Name
products-add = Add product
products-save = Save
products-cancel = Cancel
products-empty = No products yet
products-empty-text = What you sell is listed here. Accounts subscribe to products.
products-was-added = “{ $name }” is added
products-was-renamed = The product is called “{ $name }” now
products-failure-name = A name has 1 to 100 characters
products-failure-taken = Another product has this name
products-failure-stale = Someone renamed this product while you were writing
