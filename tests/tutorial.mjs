// The tutorial's code cells, in order, and what each prints: held in node (tests/node) and in the page (tests/browser) alike.
export const WARNING =
  "UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated " +
  "during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the " +
  "non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See " +
  "github.com/pytorch/pytorch/pull/30531 for more informations.\n  print(z.grad)  # dy/dz\n";

export const CELLS = [
  {
    source: `import torch

x = torch.tensor([2.0])

# Identify the parameters that you need to compute gradients for
# and set requires_grad=True
w1 = torch.tensor([1.0], requires_grad=True)
w2 = torch.tensor([3.0], requires_grad=True)
b = torch.tensor([4.0], requires_grad=True)
# You will see why we used an intermediate variable z here.
z = w1 * torch.pow(x, 2) + w2 * x
y = z + b
y`,
    result: "tensor([14.], grad_fn=<AddBackward0>)\n",
  },
  { source: "# Compute backpropagation\ny.backward()" },
  {
    source: `# Gradient w.r.t. w1, w2, and b are stored in .grad of the tensors
print(w1.grad)  # dy/dw1
print(w2.grad)  # dy/dw2
print(b.grad)    # dy/db`,
    stdout: "tensor([4.])\ntensor([2.])\ntensor([1.])\n",
  },
  { source: "print(z.grad)  # dy/dz", stdout: "None\n", warning: WARNING },
  { source: "# === Your code here ===" },
];
